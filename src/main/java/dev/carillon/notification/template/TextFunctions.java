package dev.carillon.notification.template;

import dev.carillon.platform.value.Kind;
import dev.carillon.platform.value.PlainValue;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template functions for texts and times: {@code reason.code}, {@code reason.words}, {@code url.link}, {@code
 * date.day}, {@code date.time}. A time inside a list arrives as text and is treated as a time all the same.
 */
final class TextFunctions implements ValueResolver {

    private static final Set<String> OF_TEXT = Set.of("code", "words", "link");
    private static final Set<String> OF_TIME = Set.of("day", "time");
    private static final List<String> LINK_STARTS = List.of("https://", "mailto:", "tel:");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]+([_-][A-Z0-9]+)*|[a-z0-9]+([_-][a-z0-9]+)+");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);

    @Override
    public boolean appliesTo(EvalContext context) {
        if (!context.getParams().isEmpty()) {
            return false;
        }
        boolean text = context.getBase() instanceof String;
        return text && OF_TEXT.contains(context.getName())
                || (text || context.getBase() instanceof TemporalAccessor) && OF_TIME.contains(context.getName());
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        if (OF_TIME.contains(context.getName())) {
            String written = time(context);
            return written == null ? Results.notFound(context) : CompletedStage.of(written);
        }
        String text = (String) context.getBase();
        return switch (context.getName()) {
            case "code" -> CompletedStage.of(code(text));
            case "words" -> CompletedStage.of(words(text));
            default -> isLink(text) ? CompletedStage.of(text) : Results.notFound(context);
        };
    }

    private static @Nullable String time(EvalContext context) {
        Object read = context.getBase() instanceof String text
                        && PlainValue.of(Kind.TIMESTAMP, text) instanceof PlainValue.Fit fit
                ? fit.value()
                : context.getBase();
        TextStyle style = (TextStyle) context.getAttribute(TemplateFile.STYLE);
        return !(read instanceof TemporalAccessor at)
                ? null
                : context.getName().equals("day") ? day(at, style) : time(at, style);
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

    /** Turns a code such as {@code BANK_UNREACHABLE} into words. Ordinary text stays, without its full stop. */
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

    /** {@code June 5, 2024}, {@code 5. Juni 2024}: of a point in time the day it is then where the reader lives; a date is that day everywhere. */
    static String day(TemporalAccessor at, TextStyle style) {
        LocalDate day = at instanceof OffsetDateTime point
                ? point.atZoneSameInstant(style.zone()).toLocalDate()
                : LocalDate.from(at);
        return written(DAY, day, style);
    }

    /** {@code 11:59 PM}, {@code 23:59}: what the reader's clock shows; null for a date, which has no hour. */
    static @Nullable String time(TemporalAccessor at, TextStyle style) {
        return at instanceof OffsetDateTime point
                ? written(TIME, point.atZoneSameInstant(style.zone()).toLocalTime(), style)
                : null;
    }

    /** In the digits that amounts are written in. */
    private static String written(DateTimeFormatter form, TemporalAccessor time, TextStyle style) {
        return TextStyle.plain(form.withLocale(style.locale())
                .withDecimalStyle(DecimalStyle.of(style.locale()))
                .format(time));
    }
}
