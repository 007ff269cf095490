package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;

/**
 * A postal address, as written on a document. Parts that there are none of are empty.
 *
 * @param country ISO 3166 alpha-2
 */
public record Address(
        String line1, String line2, String line3, String zipCode, String locality, String region, String country) {

    /**
     * @throws IllegalArgumentException if a part is longer than 2,000 characters or holds a control character
     */
    public Address {
        Checks.requireText(line1, "Address line 1");
        Checks.requireText(line2, "Address line 2");
        Checks.requireText(line3, "Address line 3");
        Checks.requireText(zipCode, "Zip code");
        Checks.requireText(locality, "Locality");
        Checks.requireText(region, "Region");
        Checks.requireText(country, "Country");
    }
}
