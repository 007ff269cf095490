package dev.billing.http.atlas;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import io.vavr.control.Option;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the Atlas wire looks. None of it changes what is billed.
 *
 * @param origin scheme and host of all links. It is configured, because a caller must not choose our links
 * @param skuName what people call a sku, where the line itself does not say
 * @param organizationName of CSV documents, where the directory does not say
 * @param company of CSV documents that are addressed to nobody
 * @param address of CSV documents that are addressed to nobody
 */
public record AtlasOptions(
        String origin,
        Function<String, Option<String>> skuName,
        Function<AccountId, Option<String>> organizationName,
        Function<AccountId, Option<String>> company,
        Function<AccountId, Option<String>> address) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s]+");

    /** Links to Atlas itself, and no names. */
    public static final AtlasOptions DEFAULT = new AtlasOptions(
            "https://cloud.mongodb.com",
            sku -> Option.none(),
            organization -> Option.none(),
            organization -> Option.none(),
            organization -> Option.none());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the origin is not a scheme and host
     */
    public AtlasOptions {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                    "A public origin must be like https://example.com, without a path, but was '" + origin + "'");
        }
        requireNonNull(skuName, "skuName");
        requireNonNull(organizationName, "organizationName");
        requireNonNull(company, "company");
        requireNonNull(address, "address");
    }

    public AtlasOptions withOrigin(String newOrigin) {
        return new AtlasOptions(newOrigin, skuName, organizationName, company, address);
    }

    public AtlasOptions withSkuNames(Function<String, Option<String>> names) {
        return new AtlasOptions(origin, names, organizationName, company, address);
    }

    public AtlasOptions withOrganizationNames(Function<AccountId, Option<String>> names) {
        return new AtlasOptions(origin, skuName, names, company, address);
    }

    public AtlasOptions withCompanies(Function<AccountId, Option<String>> companies) {
        return new AtlasOptions(origin, skuName, organizationName, companies, address);
    }

    public AtlasOptions withAddresses(Function<AccountId, Option<String>> addresses) {
        return new AtlasOptions(origin, skuName, organizationName, company, addresses);
    }
}
