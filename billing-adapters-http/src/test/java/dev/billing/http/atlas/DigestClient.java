package dev.billing.http.atlas;

import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a digest challenge, as clients do. */
record DigestClient(String user, String secret) {

    private static final Pattern CHALLENGE = Pattern.compile(
            "Digest realm=\"([^\"]+)\", domain=\"\", nonce=\"([A-Za-z0-9+/]{32})\", algorithm=MD5, qop=\"auth\","
                    + " stale=(false|true)");
    private static final String CNONCE = "0a4f113b0a4f113b";

    /** How a client writes the fields that some quote and some do not. */
    enum Style {
        BARE,
        QUOTED,
        QUOTED_ALGORITHM
    }

    /** What a challenge says. */
    record Challenge(String realm, String nonce, boolean stale) {
        static Option<Challenge> of(String header) {
            Matcher found = CHALLENGE.matcher(header);
            return Option.when(
                    found.matches(),
                    () -> new Challenge(
                            found.group(1), found.group(2), found.group(3).equals("true")));
        }
    }

    /** The value of {@code Authorization} for the request with this number since the challenge. */
    String answer(Challenge challenge, String method, String target, int number, Style style) {
        String count = String.format(Locale.ROOT, "%08x", number);
        String ha1 = md5(user + ":" + challenge.realm() + ":" + secret);
        String ha2 = md5(method + ":" + target);
        String response = md5(String.join(":", ha1, challenge.nonce(), count, CNONCE, "auth", ha2));
        String quotes = style == Style.QUOTED ? "\"" : "";
        String algorithmQuotes = style == Style.BARE ? "" : "\"";
        return "Digest username=\"" + user + "\", realm=\"" + challenge.realm() + "\", nonce=\"" + challenge.nonce()
                + "\", uri=\"" + target + "\", cnonce=\"" + CNONCE + "\", nc=" + count + ", qop=" + quotes + "auth"
                + quotes + ", response=\"" + response + "\", algorithm=" + algorithmQuotes + "MD5" + algorithmQuotes;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
