package dev.carillon.eventsourced.rule;

import static java.util.Map.entry;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelOptions;
import dev.cel.common.internal.DefaultMessageFactory;
import dev.cel.common.internal.DynamicProto;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.CelStandardFunctions.StandardFunction.Overload.Conversions;
import dev.cel.runtime.ProtoMessageRuntimeEquality;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.Stream;

/**
 * CEL's functions, each charged before it runs for the data it will read or build.
 *
 * <p>A function that is not listed here is charged for all of its arguments. Functions on numbers, bools and times only
 * cost the step of their node.
 */
final class MeteredFunctions {

    private interface Price {
        void pay(Budget budget, Object[] arguments);
    }

    private static final Set<Class<?>> SMALL = Set.of(
            Long.class, UnsignedLong.class, Double.class, Number.class, Boolean.class, Instant.class, Duration.class);

    /** A time, a duration or a time zone written as text. */
    private static final int PARSING_TIME = 25;

    private static final Price NOTHING = (budget, arguments) -> {};
    private static final Price READS_ALL = (budget, arguments) -> {
        for (Object argument : arguments) {
            budget.spendOn(argument);
        }
    };
    /** Tried in several ways, and quoted when it fits none. */
    private static final Price READS_TIME = (budget, arguments) -> budget.spend(PARSING_TIME
            + Arrays.stream(arguments).mapToLong(MeteredFunctions::length).sum() / 16);

    private static final Price COPIES_TEXT = (budget, arguments) -> budget.spend(
            Arrays.stream(arguments).mapToLong(MeteredFunctions::length).sum() / Budget.BUILT);

    private static final Map<String, Price> PRICES = Map.ofEntries(
            entry("add_string", COPIES_TEXT),
            entry("add_bytes", COPIES_TEXT),
            entry("bytes_to_string", COPIES_TEXT),
            entry("string_to_bytes", COPIES_TEXT),
            entry("add_list", MeteredFunctions::copyLists),
            entry("contains_string", MeteredFunctions::search),
            entry("equals", MeteredFunctions::compare),
            entry("not_equals", MeteredFunctions::compare),
            entry("in_list", MeteredFunctions::searchList),
            entry("in_map", (budget, arguments) -> budget.spendOn(arguments[0])),
            entry("index_map", (budget, arguments) -> budget.spendOn(arguments[1])),
            entry("index_list", NOTHING),
            entry("size_list", NOTHING),
            entry("list_size", NOTHING),
            entry("size_map", NOTHING),
            entry("map_size", NOTHING),
            entry("to_dyn", NOTHING),
            // copies the rest after each unit that it has read
            entry(
                    "string_to_duration",
                    (budget, arguments) ->
                            budget.spend(PARSING_TIME + length(arguments[0]) * length(arguments[0]) / Budget.BUILT)));

    private MeteredFunctions() {}

    static List<CelFunctionBinding> bindings(CelOptions options) {
        var equality = ProtoMessageRuntimeEquality.create(DynamicProto.create(DefaultMessageFactory.INSTANCE), options);
        Stream<CelFunctionBinding> standard = CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) ->
                        !overload.equals(Conversions.INT64_TO_TIMESTAMP) && function != StandardFunction.MATCHES)
                .build()
                .newFunctionBindings(equality, options)
                .stream();
        return Stream.concat(
                        Stream.concat(standard, MixedNumbers.bindings().stream())
                                .map(MeteredFunctions::metered),
                        matches())
                .toList();
    }

    private static CelFunctionBinding metered(CelFunctionBinding binding) {
        if (SMALL.containsAll(binding.getArgTypes())) {
            return binding;
        }
        Price price = priceOf(binding);
        return price == NOTHING
                ? binding
                : CelFunctionBinding.from(binding.getOverloadId(), binding.getArgTypes(), arguments -> {
                    price.pay(Meter.running().budget(), arguments);
                    return binding.getDefinition().apply(arguments);
                });
    }

    private static Price priceOf(CelFunctionBinding binding) {
        boolean time = binding.getOverloadId().equals("string_to_timestamp")
                || binding.getOverloadId().endsWith("_with_tz");
        return PRICES.getOrDefault(binding.getOverloadId(), time ? READS_TIME : READS_ALL);
    }

    /** With patterns compiled beforehand: CEL's own compiles at each evaluation. */
    private static Stream<CelFunctionBinding> matches() {
        return Stream.of("matches", "matches_string")
                .map(id -> CelFunctionBinding.from(id, String.class, String.class, MeteredFunctions::matches));
    }

    private static boolean matches(String text, String pattern) {
        Meter meter = Meter.running();
        var compiled = meter.pattern(pattern);
        meter.budget().spend((1L + text.length()) * compiled.programSize() / Patterns.PER_STEP);
        return compiled.matcher(text).find();
    }

    /** The list a macro builds grows in place, and it is the only one that is not a {@link RandomAccess}. */
    private static void copyLists(Budget budget, Object[] lists) {
        long copied = lists[0] instanceof RandomAccess ? size(lists[0]) : 0;
        budget.spend((copied + size(lists[1])) / 8);
    }

    /** Every place may match all but the last character. */
    private static void search(Budget budget, Object[] arguments) {
        long places = Math.max(0, length(arguments[0]) - length(arguments[1])) + 1;
        budget.spend(length(arguments[0]) / Budget.READ + places * length(arguments[1]) / Budget.READ);
    }

    /** Both are walked side by side, as far as the smaller goes. */
    private static void compare(Budget budget, Object[] arguments) {
        Object left = arguments[0];
        Object right = arguments[1];
        if (left instanceof Map && right instanceof Map || left instanceof Collection && right instanceof Collection) {
            budget.spendOn(size(left) < size(right) ? left : right);
        } else {
            budget.spend(Math.min(length(left), length(right)) / Budget.READ);
        }
    }

    /** A number may equal one of another type, which takes a second search. */
    private static void searchList(Budget budget, Object[] arguments) {
        long before = budget.spent();
        budget.spendOn(arguments[0]);
        long each = 1 + budget.spent() - before;
        budget.spend(size(arguments[1]) * each / (arguments[0] instanceof Number ? 1 : 8));
    }

    private static long size(Object collection) {
        return collection instanceof Map<?, ?> map ? map.size() : ((Collection<?>) collection).size();
    }

    private static long length(Object value) {
        return value instanceof CharSequence text
                ? text.length()
                : value instanceof CelByteString bytes ? bytes.size() : 0;
    }
}
