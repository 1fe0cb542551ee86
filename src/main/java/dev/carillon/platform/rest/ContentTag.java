package dev.carillon.platform.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The ETag of an answer that shows more than its version covers: a change without a new version must still change the
 * tag.
 */
public final class ContentTag {

    private ContentTag() {}

    /** @param beside all that is shown beside the version, as texts that are the same on every replica */
    public static String of(String version, @Nullable Object... beside) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(Arrays.toString(beside).getBytes(StandardCharsets.UTF_8));
            return version + "-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
