package dev.carillon.notification.template;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;

/** What templates can do with a text or a date: {@code reason.code}, {@code reason.words}, {@code url.link}, {@code date.day}. */
final class TextWords implements ValueResolver {

    private static final Set<String> OF_TEXT = Set.of("code", "words", "link");
    private static final List<String> LINK_STARTS = List.of("https://", "mailto:", "tel:");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]+([_-][A-Z0-9]+)*|[a-z0-9]+([_-][a-z0-9]+)+");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);

    @Override
    public boolean appliesTo(EvalContext context) {
        if (!context.getParams().isEmpty()) {
            return false;
        }
        return context.getBase() instanceof String
                ? OF_TEXT.contains(context.getName())
                : context.getBase() instanceof TemporalAccessor && context.getName().equals("day");
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        if (context.getBase() instanceof TemporalAccessor date) {
            return CompletedStage.of(day(date, (Locale) context.getAttribute(Piece.STYLE)));
        }
        String text = (String) context.getBase();
        return switch (context.getName()) {
            case "code" -> CompletedStage.of(code(text));
            case "words" -> CompletedStage.of(words(text));
            default -> isLink(text) ? CompletedStage.of(text) : Results.notFound(context);
        };
    }

    /** {@code Insufficient funds.} and {@code insufficient-funds} are {@code INSUFFICIENT_FUNDS}. */
    static String code(String text) {
        StringBuilder code = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = Character.toUpperCase(text.charAt(i));
            if (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                code.append(gap && !code.isEmpty() ? "_" : "").append(c);
                gap = false;
            } else {
                gap = true;
            }
        }
        return code.toString();
    }

    /** A code such as {@code BANK_UNREACHABLE} in words; what is in words already stays, but for its full stop. */
    static String words(String text) {
        String stripped = text.strip();
        if (CODE.matcher(stripped).matches()) {
            return stripped.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        }
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    /** Whether a customer may be led there: escaping alone would let {@code javascript:} pass, and a space ends a link in text. */
    static boolean isLink(String text) {
        boolean known = LINK_STARTS.stream().anyMatch(start -> text.regionMatches(true, 0, start, 0, start.length()));
        return known && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '<' || c == '>' || c == 0x7f);
    }

    /** {@code June 5, 2024}, {@code 5. Juni 2024}: the day as written, in whatever offset it was written. */
    static String day(TemporalAccessor date, Locale style) {
        return DAY.withLocale(style).format(LocalDate.from(date));
    }
}
