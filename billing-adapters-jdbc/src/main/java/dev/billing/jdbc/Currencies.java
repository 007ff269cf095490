package dev.billing.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Currencies by their codes. Looking one up takes longer than reading a row. */
final class Currencies {

    private static final ConcurrentMap<String, CurrencyUnit> KNOWN = new ConcurrentHashMap<>();

    private Currencies() {}

    static CurrencyUnit of(String code) {
        CurrencyUnit known = KNOWN.get(code);
        return known != null ? known : KNOWN.computeIfAbsent(code, Monetary::getCurrency);
    }

    /**
     * The code by which a currency is found again.
     *
     * @throws IllegalArgumentException if it would not be
     */
    static String code(CurrencyUnit currency) {
        String code = currency.getCurrencyCode();
        CurrencyUnit known = KNOWN.get(code);
        if (known != currency && !(Monetary.isCurrencyAvailable(code) && of(code).equals(currency))) {
            throw new IllegalArgumentException(
                    "A currency must be one that javax.money finds by its code to be kept, but was " + code);
        }
        return code;
    }
}
