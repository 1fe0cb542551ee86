package dev.carillon.notification.publishing;

import dev.carillon.delivery.Channels;
import dev.carillon.notification.publishing.TemplateCheckView.CheckedMessage;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.size.SizeResult.Carried;
import dev.carillon.notification.size.SizeResult.Oversized;
import dev.carillon.notification.size.Sizes;
import dev.carillon.notification.template.InvalidTemplateException;
import dev.carillon.notification.template.Layout;
import dev.carillon.notification.template.LocaleTag;
import dev.carillon.notification.template.Reader;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.Rendered.RenderedText;
import dev.carillon.notification.template.Templates;
import dev.carillon.notification.template.TypeFolder;
import dev.carillon.notification.template.TypeText;
import dev.carillon.platform.rest.Pointers;
import dev.carillon.platform.rest.Problem;
import dev.carillon.platform.rest.Problem.FieldError;
import dev.carillon.platform.rest.ProblemException;
import dev.carillon.platform.value.Blank;
import dev.carillon.platform.value.Zones;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders texts with sample data as they would be sent. It stores and sends nothing. */
@ApplicationScoped
class Previews {

    /** A preview has no address yet. Where one is sent along, it is a device token of this length. */
    private static final String SOME_DEVICE = "0".repeat(163);

    private final Templates templates;
    private final TemplatePublisher publisher;
    private final PublishedTemplates published;
    private final LayoutPublisher layouts;
    private final CustomerZones zones;
    private final Sizes sizes;

    Previews(
            Templates templates,
            TemplatePublisher publisher,
            PublishedTemplates published,
            LayoutPublisher layouts,
            CustomerZones zones,
            Channels channels) {
        this.templates = templates;
        this.publisher = publisher;
        this.published = published;
        this.layouts = layouts;
        this.zones = zones;
        this.sizes = new Sizes(channels);
    }

    Uni<PreviewView> preview(String tenant, String type, PreviewRequest request) {
        return folder(tenant, type, request)
                .chain(folder -> publisher.aside(
                        tenant, stopped -> preview(folder, request, zones.of(null), sizes), "/context"));
    }

    /** All that is wrong with texts, and each channel in each language with their examples. */
    Uni<TemplateCheckView> check(String tenant, TypeText text) {
        return publisher.aside(
                tenant,
                stopped -> {
                    var found = templates.inspect(text, stopped);
                    return TemplateCheckView.of(
                            found,
                            found.folder() == null ? List.of() : messages(found.folder(), zones.of(null), sizes));
                },
                "/files");
    }

    private static List<CheckedMessage> messages(TypeFolder folder, ZoneId zone, Sizes sizes) {
        var messages = new ArrayList<CheckedMessage>();
        for (var channel : folder.type().channels()) {
            for (var locale : folder.locales(channel)) {
                messages.add(CheckedMessage.of(preview(
                        folder, new PreviewRequest(channel, locale, null, null, null, null, null), zone, sizes)));
            }
        }
        return messages;
    }

    /** The same for a type's texts in use with another version of a layout around them. */
    Uni<PreviewView> around(String tenant, String layout, String type, PreviewRequest request) {
        var folder = templates.folder(type).orElseThrow(() -> TemplateProblems.unknown(type));
        return layout(layout, request.version())
                .chain(text -> publisher.aside(
                        tenant,
                        stopped ->
                                preview(templates.compileWith(text, folder, stopped), request, zones.of(null), sizes),
                        "/context"))
                .onFailure(InvalidTemplateException.class)
                .transform(broken -> TemplateProblems.of(type, (InvalidTemplateException) broken));
    }

    private Uni<TypeText> layout(String name, @Nullable String version) {
        var now = layouts.inUse(name);
        if (version == null
                || now.filter(one -> layouts.versionOf(one).equals(version)).isPresent()) {
            return Uni.createFrom().item(now.map(Layout::text).orElseThrow(() -> LayoutPublisher.unknown(name)));
        }
        return layouts.text(name, version);
    }

    private Uni<TypeFolder> folder(String tenant, String type, PreviewRequest request) {
        var now = templates.folder(type);
        var version = request.version();
        if (request.files() != null) {
            return publisher.compiled(tenant, new DraftBody(request.files()).text(type, now.orElse(null)), "draft");
        }
        if (version == null
                || now.filter(folder -> folder.version().equals(version)).isPresent()) {
            return Uni.createFrom().item(now.orElseThrow(() -> TemplateProblems.unknown(type)));
        }
        return version.equals("draft")
                ? publisher.draft(type).chain(draft -> publisher.compiled(tenant, draft.text(), version))
                : publisher
                        .version(type, version)
                        .chain(old -> publisher.compiled(tenant, published.text(old), version));
    }

    /**
     * Pure.
     *
     * @param otherwise the zone of who names none
     */
    static PreviewView preview(TypeFolder folder, PreviewRequest request, ZoneId otherwise, Sizes sizes) {
        var type = folder.type();
        if (!type.channels().contains(request.channel())) {
            throw new ProblemException(Problem.invalid(
                    "/channel", "is no channel of " + type.name() + "; it has " + String.join(", ", type.channels())));
        }
        var context = request.context() == null ? folder.examples() : request.context();
        var missing = folder.check(context).stream()
                .map(found -> new FieldError(found.detail(), found.pointer()))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(Problem.invalid(missing));
        }
        var locale = Blank.isAbsent(request.locale())
                ? type.locale()
                : LocaleTag.read(request.locale())
                        .orElseThrow(() -> new ProblemException(Problem.invalid("/locale", LocaleTag.IN_WORDS)));
        var reader = new Reader(
                locale,
                zone(request.timeZone(), otherwise),
                request.customer() == null ? Map.of() : request.customer());
        var rendered = folder.render(request.channel(), reader, context);
        if (rendered instanceof NotRendered not) {
            throw new ProblemException(Problem.invalid(pointer(not.name()), not.detail()));
        }
        var fit = sizes.fit(type, request.channel(), SOME_DEVICE, (RenderedText) rendered);
        if (fit instanceof Oversized oversized) {
            throw new ProblemException(Problem.invalid("/context", oversized.detail()));
        }
        return PreviewView.of(type.name(), request.channel(), (Carried) fit);
    }

    private static ZoneId zone(@Nullable String named, ZoneId otherwise) {
        return Blank.isAbsent(named)
                ? otherwise
                : Zones.read(named).orElseThrow(() -> new ProblemException(Problem.invalid("/timeZone", Zones.FORM)));
    }

    /** {@code customer.tier.name} is a place of its own, {@code orderId} one in the context. */
    private static String pointer(String name) {
        var steps = Arrays.stream(name.split("\\.")).map(Pointers::step).collect(Collectors.joining());
        return name.equals("context") || name.startsWith("customer") ? steps : "/context" + steps;
    }
}
