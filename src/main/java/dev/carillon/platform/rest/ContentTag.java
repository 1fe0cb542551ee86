package dev.carillon.platform.rest;

import dev.carillon.platform.value.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ETag of an answer that shows more than its version covers: a change without a new version must still change the
 * tag.
 */
public final class ContentTag {

    private ContentTag() {}

    /** @param beside all that is shown beside the version, as texts that are the same on every replica */
    public static String of(String version, @Nullable Object... beside) {
        return version + "-" + Sha256.hex(Arrays.toString(beside), 4);
    }
}
