package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.http.Dialect;
import dev.billing.http.DigestAuthenticator;
import dev.billing.http.akkeris.AkkerisDialect;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.http.atlas.AtlasDialect;
import dev.billing.http.atlas.AtlasOptions;
import dev.billing.http.morpheus.CloudRefresh;
import dev.billing.http.morpheus.MorpheusDialect;
import dev.billing.http.morpheus.MorpheusOptions;
import dev.billing.http.spaces.SpacesDialect;
import dev.billing.http.spaces.SpacesOptions;
import dev.billing.port.Access;
import dev.billing.port.ApiKeys;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Principal.Right;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.quickstart.input.OrganizationFiles.Organization;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Clock;

/**
 * The four systems over one data set, each at the paths that its clients know.
 *
 * @param main bills the account that is served as Akkeris
 * @param organizations what is known of those that are served as Atlas
 */
record Systems(
        TenantId tenant,
        Ports ports,
        Billing main,
        Clock clock,
        AkkerisOptions akkeris,
        MorpheusOptions morpheus,
        Map<AccountId, Organization> organizations,
        Credentials credentials) {

    private static final String ATLAS_REALM = "MMS Public API";

    /** The tenant that owns the clouds. */
    private static final AccountId MASTER = new AccountId("1");

    /**
     * Who may ask.
     *
     * @param token of three of the systems
     * @param publicKey of the fourth, whose secret is never sent
     */
    record Credentials(String token, String publicKey, String privateKey) {}

    Seq<Dialect> at(String url) {
        return Array.<Dialect>of(
                        new AkkerisDialect(main, caller(Option.none()), akkeris),
                        new SpacesDialect(ports.invoices(), caller(Option.some(FactFiles.MAIN)), SpacesOptions.DEFAULT),
                        new MorpheusDialect(
                                ports.invoices(), caller(Option.some(MASTER)), CloudRefresh.none(), morpheus, clock))
                .appendAll(AtlasDialect.onAllBases(ports, digest(), atlas(url)));
    }

    private Principals caller(Option<AccountId> account) {
        return Principals.single(credentials.token(), principal(account));
    }

    private Principal principal(Option<AccountId> account) {
        return new Principal("quickstart", account, Access.toAll(tenant), HashSet.of(Right.values()));
    }

    private DigestAuthenticator digest() {
        ApiKeys keys = ApiKeys.single(
                credentials.publicKey(), new ApiKeys.ApiKey(credentials.privateKey(), principal(Option.none())));
        return new DigestAuthenticator(keys, ATLAS_REALM, DigestAuthenticator.Algorithm.MD5, Clock.systemUTC());
    }

    private AtlasOptions atlas(String url) {
        return AtlasOptions.DEFAULT
                .withOrigin(url)
                .withOrganizationNames(id -> organizations.get(id).map(Organization::name))
                .withCompanies(id -> organizations.get(id).flatMap(Organization::company))
                .withAddresses(id -> organizations.get(id).flatMap(Organization::address));
    }

    /** Lines to paste, one for each system. */
    Seq<String> examples(String url) {
        String month = main.profile().calendar().monthAt(clock.instant()) + "-01";
        String organization =
                organizations.keySet().headOption().map(AccountId::value).getOrElse("ORG-ID");
        return Array.of(
                "# Akkeris",
                "curl -H 'Authorization: Bearer " + credentials.token() + "' " + url + "/account/invoices/" + month,
                "# Spaces",
                "curl -u '" + credentials.token() + ":' " + url + "/api/v1/invoices",
                "# Morpheus",
                "curl -H 'Authorization: Bearer " + credentials.token() + "' '" + url
                        + "/api/invoices?includeTotals=true'",
                "# MongoDB Atlas",
                "curl --digest -u '" + credentials.publicKey() + ":" + credentials.privateKey() + "' '" + url
                        + "/api/public/v1.0/orgs/" + organization + "/invoices/?pretty=true'");
    }
}
