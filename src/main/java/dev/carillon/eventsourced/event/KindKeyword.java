package dev.carillon.eventsourced.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.Kind;
import dev.carillon.platform.value.PlainValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our schema keyword for the {@link Kind} of a field, named as in {@code type.yaml}. The {@code type} beside it is for
 * readers.
 */
final class KindKeyword extends AbstractKeyword {

    static final String NAME = "x-kind";

    KindKeyword() {
        super(NAME);
    }

    /** What is wrong with a value; null when nothing is. */
    static @Nullable String wrongWith(JsonNode value, Kind kind) {
        var plain = plain(value);
        if (Blank.isAbsent(plain)) {
            return "is required"; // where it need not be there, it has been left out by now
        }
        return PlainValue.of(kind, plain) instanceof PlainValue.Unfit unfit ? unfit.detail() : null;
    }

    private static @Nullable Object plain(JsonNode value) {
        return value.isTextual()
                ? value.textValue()
                : value.isNumber()
                        ? value.numberValue()
                        : value.isBoolean()
                                ? (Object) value.booleanValue()
                                : value.isArray() ? List.of() : value.isObject() ? Map.of() : null;
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode said, Schema parent, SchemaContext context) {
        var kind = Kind.of(said.textValue())
                .filter(known -> known != Kind.LIST)
                .orElseThrow(() -> new SchemaException(NAME + " must be a kind, and no list: " + Kind.words()));
        return new Validator(this, kind, location, said, parent, context);
    }

    private static final class Validator extends BaseKeywordValidator {

        private final Kind kind;

        private Validator(
                Keyword keyword,
                Kind kind,
                SchemaLocation location,
                JsonNode said,
                Schema parent,
                SchemaContext context) {
            super(keyword, said, location, parent, context);
            this.kind = kind;
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode value, JsonNode root, NodePath at) {
            if (wrongWith(value, kind) != null) {
                execution.addError(error().instanceNode(value)
                        .instanceLocation(at)
                        .evaluationPath(execution.getEvaluationPath())
                        .locale(execution.getExecutionConfig().getLocale())
                        .messageKey(NAME)
                        .message(NAME)
                        .build());
            }
        }
    }
}
