package dev.carillon.notification.authoring;

import dev.carillon.notification.template.LocaleTag;
import dev.carillon.notification.template.Rendered.Content;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.platform.problem.Pointers;
import dev.carillon.platform.problem.Problem;
import dev.carillon.platform.problem.Problem.FieldError;
import dev.carillon.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Words with sample data, as they would be sent: nothing is stored, nobody is told. */
@ApplicationScoped
class Previews {

    private final Templates templates;
    private final TemplateKeeper keeper;

    Previews(Templates templates, TemplateKeeper keeper) {
        this.templates = templates;
        this.keeper = keeper;
    }

    Uni<PreviewView> preview(String type, PreviewRequest request) {
        return folder(type, request.version()).emitOn(Infrastructure.getDefaultWorkerPool()).map(folder -> preview(folder, request));
    }

    private Uni<TypeFolder> folder(String type, @Nullable String version) {
        var now = templates.folder(type);
        if (version == null || now.filter(folder -> folder.version().equals(version)).isPresent()) {
            return Uni.createFrom().item(now.orElseThrow(() -> TemplateProblems.unknown(type)));
        }
        return version.equals("draft") ? keeper.draft(type).chain(draft -> keeper.compiled(draft.text(), version))
                : keeper.version(type, version).chain(old -> keeper.compiled(old.text(), version));
    }

    /** Pure. */
    static PreviewView preview(TypeFolder folder, PreviewRequest request) {
        var type = folder.type();
        if (!type.channels().contains(request.channel())) {
            throw new ProblemException(Problem.invalid("/channel", "is no channel of " + type.name() + "; it has " + String.join(", ", type.channels())));
        }
        var context = request.context() == null ? folder.examples() : request.context();
        var missing = folder.check(context).stream().map(found -> new FieldError(found.detail(), found.pointer())).toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(Problem.invalid(missing));
        }
        var locale = LocaleTag.read(request.locale()).orElse(type.locale());
        var rendered = folder.render(request.channel(), locale, context, request.customer() == null ? Map.of() : request.customer());
        if (rendered instanceof NotRendered not) {
            throw new ProblemException(Problem.invalid(pointer(not.name()), not.detail()));
        }
        return PreviewView.of(type.name(), request.channel(), (Content) rendered);
    }

    /** {@code customer.tier.name} is a place of its own, {@code orderId} one in the context. */
    private static String pointer(String name) {
        var steps = Arrays.stream(name.split("\\.")).map(Pointers::step).collect(Collectors.joining());
        return name.equals("context") || name.startsWith("customer") ? steps : "/context" + steps;
    }
}
