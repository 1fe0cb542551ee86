package dev.carillon.notification.template;

import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.PlainValue;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The template functions for amounts: {@code price.money(currency)}, {@code old.minus(new)}, {@code
 * new.percentOff(old)}, {@code discount.percent}. The result does not depend on the server's locale or the number's
 * Java class.
 */
final class AmountFunctions implements ValueResolver {

    private static final Set<String> METHODS = Set.of("money", "minus", "percentOff");
    private static final String PERCENT = "percent";
    private static final String OTHERWISE = "USD";
    private static final int HUNDREDTHS = 2;
    private static final Map<String, String> SYMBOLS = Map.of("USD", "$", "EUR", "€", "GBP", "£");
    /** ISO 4217's code for "no currency": its sign is a placeholder, so the code is written. */
    private static final String NO_CURRENCY = "XXX";

    private static final Map<String, Currency> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> !currency.getCurrencyCode().equals(NO_CURRENCY))
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));
    /** The minor units that ISO 4217 defines, a JDK may lack, and that are not hundredths. */
    private static final Map<String, Integer> OTHER_UNITS = Map.of("UYW", 4);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public boolean appliesTo(EvalContext context) {
        if (!(context.getBase() instanceof Number)) {
            return false;
        }
        return context.getParams().isEmpty()
                ? context.getName().equals(PERCENT)
                : context.getParams().size() == 1 && METHODS.contains(context.getName());
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        BigDecimal amount = PlainValue.decimal((Number) context.getBase());
        if (amount == null) {
            return Results.notFound(context);
        }
        if (context.getName().equals(PERCENT)) {
            return CompletedStage.of(claimed(amount));
        }
        return context.evaluate(context.getParams().get(0)).thenCompose(argument -> {
            Object result = apply(context, amount, argument);
            return result == null ? Results.notFound(context) : CompletedStage.of(result);
        });
    }

    private static @Nullable Object apply(EvalContext context, BigDecimal amount, @Nullable Object argument) {
        String method = context.getName();
        if (method.equals("money")) {
            TextStyle style = (TextStyle) context.getAttribute(TemplateFile.STYLE);
            return argument == null || argument instanceof String
                    ? money(amount, (String) argument, style.locale())
                    : null;
        }
        BigDecimal other = argument instanceof Number number ? PlainValue.decimal(number) : null;
        if (other == null) {
            return null;
        }
        return method.equals("minus") ? amount.subtract(other) : percentOff(amount, other);
    }

    /**
     * {@code $119.99}, and in German {@code 119,99 $}: with the currency's minor units, and with more digits if more
     * were sent, because an amount is never rounded. Without a currency it is US dollars; an unknown currency gets
     * hundredths.
     */
    static String money(BigDecimal amount, @Nullable String currency, Locale style) {
        String code = currency == null || Blank.is(currency)
                ? OTHERWISE
                : Blank.stripped(currency).toUpperCase(Locale.ROOT);
        Currency known = CURRENCIES.get(code);
        int minorUnits = known == null
                ? OTHER_UNITS.getOrDefault(code, HUNDREDTHS)
                : Math.max(0, known.getDefaultFractionDigits());
        BigDecimal exact = amount.stripTrailingZeros();
        int decimals = Math.max(minorUnits, exact.scale());
        return style.getLanguage().equals("en")
                ? english(exact.setScale(decimals), code)
                : localized(exact, decimals, known, code, style);
    }

    private static String localized(
            BigDecimal exact, int decimals, @Nullable Currency currency, String code, Locale style) {
        NumberFormat format =
                currency == null ? NumberFormat.getNumberInstance(style) : NumberFormat.getCurrencyInstance(style);
        if (currency != null) {
            format.setCurrency(currency);
        }
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        String money = format.format(exact);
        return TextStyle.plain(currency == null ? money + " " + code : money);
    }

    /** {@code $119.99}, {@code €119.99}, {@code 119.99 CHF}. */
    private static String english(BigDecimal amount, String code) {
        String symbol = SYMBOLS.get(code);
        if (symbol == null) {
            return amount.toPlainString() + " " + code;
        }
        return (amount.signum() < 0 ? "-" : "") + symbol + amount.abs().toPlainString();
    }

    /** By how many whole percent the amount is below the old one; 0 if it is not. */
    static BigDecimal percentOff(BigDecimal amount, BigDecimal old) {
        return old.signum() <= 0
                ? BigDecimal.ZERO
                : claimed(old.subtract(amount).multiply(HUNDRED).divide(old, 0, RoundingMode.DOWN));
    }

    /** Rounded down, so that nobody is promised too much; 0 below 1, and for what is no discount. */
    private static BigDecimal claimed(BigDecimal percent) {
        boolean claim = percent.signum() > 0 && percent.compareTo(HUNDRED) <= 0;
        return claim ? percent.setScale(0, RoundingMode.DOWN) : BigDecimal.ZERO;
    }
}
