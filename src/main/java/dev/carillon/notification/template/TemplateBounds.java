package dev.carillon.notification.template;

import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionNode;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Checks a template before it is ever rendered: its nesting depth, and that no loop includes a layout. */
final class TemplateBounds {

    /** A rendering goes down the stack with every section in a section. */
    static final int MAX_DEPTH = 30;

    private TemplateBounds() {}

    private record Nesting(SectionNode section, int depth, boolean inLoop) {}

    /** Throws with the place of what is out of bounds. */
    static void check(Template template) {
        Deque<Nesting> open = new ArrayDeque<>();
        open.push(new Nesting(template.getRootNode(), 0, false));
        while (!open.isEmpty()) {
            Nesting place = open.pop();
            boolean inLoop = place.inLoop() || isLoop(place.section());
            for (SectionBlock block : place.section().getBlocks()) {
                for (TemplateNode node : block.nodes) {
                    if (node.isSection()) {
                        open.push(checked(new Nesting(node.asSection(), place.depth() + 1, inLoop)));
                    }
                }
            }
        }
    }

    /** How many nodes are in blocks, and in the sections in them. */
    static int nodesIn(Collection<SectionBlock> blocks) {
        int nodes = 0;
        Deque<SectionBlock> open = new ArrayDeque<>(blocks);
        while (!open.isEmpty()) {
            for (TemplateNode node : open.pop().nodes) {
                nodes++;
                if (node.isSection()) {
                    open.addAll(node.asSection().getBlocks());
                }
            }
        }
        return nodes;
    }

    private static Nesting checked(Nesting place) {
        if (place.depth() > MAX_DEPTH) {
            throw out("Sections are nested deeper than " + MAX_DEPTH, place);
        }
        if (place.inLoop() && place.section().getName().equals("include")) {
            throw out("A layout cannot be included in a loop", place);
        }
        return place;
    }

    private static boolean isLoop(SectionNode section) {
        return section.getName().equals("for") || section.getName().equals("each");
    }

    private static TemplateException out(String message, Nesting place) {
        return TemplateException.builder()
                .message(message)
                .origin(place.section().getOrigin())
                .build();
    }
}
