package dev.carillon.eventsourced.ruleset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.rest.ProblemType;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the API receives it: YAML, or JSON of the same shape. JSON is nearly YAML already and is stored as YAML.
 */
record RuleBody(String text) {

    /** How messages call it. */
    static final String NAME = "body";

    /** In characters. A readable rule has far fewer. */
    static final int LIMIT = 100_000;

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /** @param type the media type as it was sent; without a body there may be none */
    static RuleBody of(@Nullable String body, @Nullable String type, ObjectMapper json) throws JsonProcessingException {
        if (body == null || body.isBlank()) {
            throw new ProblemException(Problem.invalid("", "is required"));
        }
        if (body.length() > LIMIT) {
            throw new ProblemException(
                    Problem.of(ProblemType.TOO_LARGE, "A rule may have at most " + LIMIT + " characters")
                            .with("limit", LIMIT));
        }
        if (type == null) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "A body needs a Content-Type");
        }
        if (!MediaType.valueOf(type).getSubtype().equals("json")) {
            return new RuleBody(body);
        }
        json.readTree(body); // strictly JSON: YAML alone would let much pass for it
        return new RuleBody(asYaml(body));
    }

    /** JSON indents with tabs and escapes slashes where YAML may not; neither makes a difference to what is said. */
    static String asYaml(String json) {
        return ESCAPE.matcher(json.replace('\t', ' '))
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1).equals("/") ? "/" : escape.group()));
    }
}
