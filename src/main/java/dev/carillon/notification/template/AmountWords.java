package dev.carillon.notification.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;

/**
 * What templates can do with an amount: {@code price.money(currency)}, {@code old.minus(new)}, {@code new.percentOff(old)}.
 * The words are the same wherever the server stands and for every class of number.
 */
final class AmountWords implements ValueResolver {

    private static final Set<String> METHODS = Set.of("money", "minus", "percentOff");
    private static final Map<String, String> SYMBOLS = Map.of("USD", "$", "EUR", "€", "GBP", "£");
    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public boolean appliesTo(EvalContext context) {
        return context.getBase() instanceof Number && context.getParams().size() == 1 && METHODS.contains(context.getName());
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        BigDecimal amount = PlainValue.decimal((Number) context.getBase());
        return context.evaluate(context.getParams().get(0)).thenCompose(argument -> {
            Object result = amount == null ? null : apply(context, amount, argument);
            return result == null ? Results.notFound(context) : CompletedStage.of(result);
        });
    }

    private static @Nullable Object apply(EvalContext context, BigDecimal amount, @Nullable Object argument) {
        String method = context.getName();
        if (method.equals("money")) {
            Locale style = (Locale) context.getAttribute(Piece.STYLE);
            return argument == null || argument instanceof String ? money(amount, (String) argument, style) : null;
        }
        BigDecimal other = argument instanceof Number number ? PlainValue.decimal(number) : null;
        if (other == null) {
            return null;
        }
        return method.equals("minus") ? amount.subtract(other) : percentOff(amount, other);
    }

    /** {@code $119.99}, and in German {@code 119,99 $}; without a currency it is US dollars. */
    static String money(BigDecimal amount, @Nullable String currency, Locale style) {
        String code = currency == null ? "USD" : currency.strip().toUpperCase(Locale.ROOT);
        return style.getLanguage().equals("en") ? english(amount, code) : byCustom(amount, code, style);
    }

    /** As the locale has it, but with plain spaces: the ones that do not break cost half the length of a text message. */
    private static String byCustom(BigDecimal amount, String code, Locale style) {
        boolean known = CURRENCIES.contains(code);
        NumberFormat format = known ? NumberFormat.getCurrencyInstance(style) : NumberFormat.getNumberInstance(style);
        if (known) {
            format.setCurrency(Currency.getInstance(code));
        }
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        format.setRoundingMode(RoundingMode.HALF_UP);
        String money = format.format(amount.setScale(2, RoundingMode.HALF_UP));
        return (known ? money : money + " " + code).replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    /** {@code $119.99}, {@code €119.99}, {@code 119.99 CHF}. */
    private static String english(BigDecimal amount, String code) {
        BigDecimal rounded = amount.setScale(2, RoundingMode.HALF_UP);
        String symbol = SYMBOLS.get(code);
        if (symbol == null) {
            return rounded.toPlainString() + " " + code;
        }
        return (rounded.signum() < 0 ? "-" : "") + symbol + rounded.abs().toPlainString();
    }

    /** By how many percent the amount is below the old one, rounded to a whole number; 0 where the old one is 0. */
    static BigDecimal percentOff(BigDecimal amount, BigDecimal old) {
        return old.signum() == 0
                ? BigDecimal.ZERO
                : old.subtract(amount).multiply(HUNDRED).divide(old, 0, RoundingMode.HALF_UP);
    }
}
