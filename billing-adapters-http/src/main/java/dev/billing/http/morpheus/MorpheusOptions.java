package dev.billing.http.morpheus;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * How the Morpheus wire looks. None of it changes what is billed.
 *
 * @param basePath where the routes begin; {@code /api} by default
 * @param zone whose months are meant; UTC by default, never that of the machine
 * @param defaultCurrency of totals over nothing
 */
public record MorpheusOptions(String basePath, Epoch epoch, ZoneId zone, CurrencyUnit defaultCurrency) {

    /** The two generations of the wire. */
    public enum Epoch {
        /** With columns of invoiced figures, and dates that end in {@code +0000}. */
        A,
        /** With currencies, conversion rates and a component for software, and dates that end in {@code Z}. */
        B
    }

    public MorpheusOptions {
        requireNonNull(basePath, "basePath");
        requireNonNull(epoch, "epoch");
        requireNonNull(zone, "zone");
        requireNonNull(defaultCurrency, "defaultCurrency");
    }

    /** As in Morpheus' first document. */
    public static MorpheusOptions standard() {
        return new MorpheusOptions("/api", Epoch.A, ZoneOffset.UTC, Monetary.getCurrency("USD"));
    }

    /** The same with routes that begin elsewhere. */
    public MorpheusOptions withBasePath(String path) {
        return new MorpheusOptions(path, epoch, zone, defaultCurrency);
    }

    /** The same in a generation of the wire. */
    public MorpheusOptions withEpoch(Epoch newEpoch) {
        return new MorpheusOptions(basePath, newEpoch, zone, defaultCurrency);
    }

    /** The same with the months of a zone. */
    public MorpheusOptions withZone(ZoneId newZone) {
        return new MorpheusOptions(basePath, epoch, newZone, defaultCurrency);
    }

    /** The same with a currency for totals over nothing. */
    public MorpheusOptions withDefaultCurrency(CurrencyUnit currency) {
        return new MorpheusOptions(basePath, epoch, zone, currency);
    }

    boolean isA() {
        return epoch == Epoch.A;
    }
}
