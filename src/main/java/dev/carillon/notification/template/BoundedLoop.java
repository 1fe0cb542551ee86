package dev.carillon.notification.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkus.qute.Expression;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateException;

/**
 * The {@code for} of templates: over lists and maps only, because a range of numbers or a nest of loops can eat all memory
 * and cannot be interrupted.
 */
final class BoundedLoop implements SectionHelperFactory<SectionHelper> {

    /** How many rounds all loops of one rendering may make together. */
    static final int MAX_ROUNDS = 10_000;

    /** The name under which a rendering keeps the count of its rounds. */
    static final String ROUNDS = "carillon.rounds";

    private final LoopSectionHelper.Factory loop = new LoopSectionHelper.Factory();

    @Override
    public SectionHelper initialize(SectionInitContext context) {
        Expression over = context.getExpression("iterable");
        SectionHelper inner = loop.initialize(context);
        return new SectionHelper() {
            @Override
            public CompletionStage<ResultNode> resolve(SectionResolutionContext resolution) {
                return resolution.evaluate(over).thenCompose(elements -> {
                    count(over, elements, resolution);
                    return inner.resolve(resolution);
                });
            }
        };
    }

    private static void count(Expression over, Object elements, SectionHelper.SectionResolutionContext resolution) {
        int size = sizeOf(over, elements);
        AtomicInteger rounds = (AtomicInteger) resolution.resolutionContext().getAttribute(ROUNDS);
        if (rounds.addAndGet(size) > MAX_ROUNDS) {
            throw TemplateException.builder()
                    .message("More than " + MAX_ROUNDS + " rounds of loops")
                    .origin(over.getOrigin())
                    .build();
        }
    }

    private static int sizeOf(Expression over, Object elements) {
        if (elements instanceof Collection<?> collection) {
            return collection.size();
        }
        if (elements instanceof Map<?, ?> map) {
            return map.size();
        }
        throw TemplateException.builder().message("A loop goes over a list or a map only").origin(over.getOrigin()).build();
    }

    @Override
    public List<String> getDefaultAliases() {
        return loop.getDefaultAliases();
    }

    @Override
    public ParametersInfo getParameters() {
        return loop.getParameters();
    }

    @Override
    public List<String> getBlockLabels() {
        return loop.getBlockLabels();
    }

    @Override
    public Scope initializeBlock(Scope outer, BlockInfo block) {
        return loop.initializeBlock(outer, block);
    }
}
