package dev.carillon.notification.template;

import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateNode.Origin;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One parsed template file, such as {@code ORDER_SHIPPED/sms.txt}. */
record TemplateFile(String file, Template template) {

    /** In characters; a text that outgrows it is not sent. */
    static final int MAX_OUTPUT = 256 * 1024;

    /** The name under which a rendering keeps how amounts and times are written. */
    static final String STYLE = "carillon.style";

    /** The text, or an {@link Unrendered} that says where and over what it failed. */
    String render(Map<String, Object> values, Map<String, ?> customer, TextStyle style) {
        TemplateInstance instance = template.instance();
        values.forEach(instance::data);
        instance.data("customer", customer);
        instance.setAttribute(BoundedLoop.ROUNDS, new BoundedLoop.LoopCount());
        instance.setAttribute(STYLE, style);
        StringBuilder text = new StringBuilder(512);
        try {
            instance.consume(part -> append(text, part)).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw failed(e.getCause());
        } catch (RuntimeException e) {
            throw failed(e);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        if (text.length() + part.length() > MAX_OUTPUT) {
            throw new TemplateException("Longer than " + MAX_OUTPUT + " characters");
        }
        text.append(part);
    }

    private Unrendered failed(Throwable cause) {
        if (cause instanceof TemplateException e) {
            Object expression =
                    e.getArguments() == null ? null : e.getArguments().get("expression");
            return new Unrendered(file, e.getOrigin(), expression == null ? null : expression.toString(), e);
        }
        return new Unrendered(file, null, null, cause);
    }

    /**
     * Why a template gives no text. The message may hold values, so it must not be logged once real data is rendered.
     */
    static final class Unrendered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String file;
        private final transient @Nullable Origin origin;
        private final @Nullable String expression;

        Unrendered(String file, @Nullable Origin origin, @Nullable String expression, Throwable cause) {
            super(cause.getMessage(), cause);
            this.file = file;
            this.origin = origin;
            this.expression = expression;
        }

        /** File and, where known, line. */
        String place() {
            return origin == null ? file : origin.getTemplateId() + ":" + origin.getLine();
        }

        /** With the details for the author, because it was rendered with the author's own examples. */
        InvalidTemplateException invalid(String when) {
            return origin == null
                    ? InvalidTemplateException.of(file, getMessage() + when)
                    : new InvalidTemplateException(
                            origin.getTemplateId(),
                            null,
                            origin.getLine(),
                            TemplateEngine.column(origin),
                            getMessage() + when,
                            this);
        }

        /** The expression that found nothing, as written; null if the failure was another one. */
        @Nullable
        String expression() {
            return expression;
        }
    }
}
