package dev.carillon.notification.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The {@code for} of templates, over lists and maps only: a range of numbers or deeply nested loops could use all
 * memory and cannot be interrupted.
 */
final class BoundedLoop implements SectionHelperFactory<SectionHelper> {

    /** How many rounds all loops of one rendering may make together. */
    static final int MAX_ROUNDS = 10_000;

    /** How many nodes of the template these rounds may visit: few rounds through a long body take as long as many through a short one. */
    static final int MAX_VISITS = 200_000;

    /** The name under which a rendering keeps the count of its rounds, and of the nodes they visit. */
    static final String ROUNDS = "carillon.rounds";

    /** Counts the loop iterations of one rendering. */
    static final class LoopCount {
        private int rounds;
        private long visits;
    }

    private final LoopSectionHelper.Factory loop = new LoopSectionHelper.Factory();

    @Override
    public SectionHelper initialize(SectionInitContext context) {
        Expression over = context.getExpression("iterable");
        SectionHelper inner = loop.initialize(context);
        int body = TemplateBounds.nodesIn(context.getBlocks());
        return new SectionHelper() {
            @Override
            public CompletionStage<ResultNode> resolve(SectionResolutionContext resolution) {
                return resolution.evaluate(over).thenCompose(elements -> {
                    count(over, elements, body, resolution);
                    return inner.resolve(resolution);
                });
            }
        };
    }

    private static void count(
            Expression over, Object elements, int body, SectionHelper.SectionResolutionContext resolution) {
        int size = sizeOf(over, elements);
        LoopCount count = (LoopCount) resolution.resolutionContext().getAttribute(ROUNDS);
        count.rounds = Math.addExact(count.rounds, size);
        count.visits += (long) size * body;
        if (count.rounds > MAX_ROUNDS) {
            throw tooMuch("More than " + MAX_ROUNDS + " rounds of loops", over);
        }
        if (count.visits > MAX_VISITS) {
            throw tooMuch("Loops with too long a body: more than " + MAX_VISITS + " steps", over);
        }
    }

    private static TemplateException tooMuch(String message, Expression over) {
        return TemplateException.builder()
                .message(message)
                .origin(over.getOrigin())
                .build();
    }

    private static int sizeOf(Expression over, Object elements) {
        if (elements instanceof Collection<?> collection) {
            return collection.size();
        }
        if (elements instanceof Map<?, ?> map) {
            return map.size();
        }
        throw TemplateException.builder()
                .message("A loop goes over a list or a map only")
                .origin(over.getOrigin())
                .build();
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
