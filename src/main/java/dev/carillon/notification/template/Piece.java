package dev.carillon.notification.template;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;

/** One parsed template file, such as {@code ORDER_SHIPPED/sms.txt}. */
record Piece(String file, Template template) {

    /** In characters; a text that outgrows it is not sent. */
    static final int MAX_OUTPUT = 256 * 1024;

    /** The text, or an {@link Unrendered} that says where and over what it failed. */
    String render(Map<String, Object> values, Map<String, ?> customer) {
        TemplateInstance instance = template.instance();
        values.forEach(instance::data);
        instance.data("customer", customer);
        instance.setAttribute(BoundedLoop.ROUNDS, new AtomicInteger());
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
            Object expression = e.getArguments() == null ? null : e.getArguments().get("expression");
            String place = e.getOrigin() == null ? file : e.getOrigin().getTemplateId() + ":" + e.getOrigin().getLine();
            return new Unrendered(place, expression == null ? null : expression.toString(), e);
        }
        return new Unrendered(file, null, cause);
    }

    /** Why a piece has no text; its message may hold values and must not reach a log once real data is rendered. */
    static final class Unrendered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String place;
        private final @Nullable String expression;

        Unrendered(String place, @Nullable String expression, Throwable cause) {
            super("notifications/" + place + ": " + cause.getMessage(), cause);
            this.place = place;
            this.expression = expression;
        }

        /** File and, where known, line. */
        String place() {
            return place;
        }

        /** The expression that found nothing, as written; null if the failure was another one. */
        @Nullable String expression() {
            return expression;
        }
    }
}
