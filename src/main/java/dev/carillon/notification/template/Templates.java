package dev.carillon.notification.template;

import dev.carillon.notification.decision.Reason;
import dev.carillon.notification.template.Rendered.NotRendered;
import dev.carillon.notification.template.TypeFolder.ContextViolation;
import dev.carillon.platform.files.Changes;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All notification types and their texts. At the start all files are read, parsed and rendered once with their
 * examples, so a broken one stops the start with its name and line. Later changes replace the whole set in one step.
 * Thread-safe and non-blocking.
 */
@Startup
@ApplicationScoped
public class Templates {

    static final String INDEX = "index.txt";

    /** A layout of web pages, which are read once. */
    private static final String PAGE = "page";

    private final Categories categories;
    private final DirectorySource ownFiles;
    private volatile TemplateSource source;
    private volatile Map<String, TypeText> fileLayouts;
    private volatile LayoutFiles layouts = LayoutFiles.NONE;
    private volatile TypeReader reader;
    private volatile SortedMap<String, TypeFolder> files; // by type; never changed
    private volatile SortedMap<String, TypeFolder> all;
    private volatile Collection<TypeFolder> published = List.of();
    private final Map<String, Map<String, TypeFolder>> ofTenants = new ConcurrentHashMap<>();

    @Inject
    Templates(Categories categories, TemplateSettings settings) {
        this(categories, settings.path().map(DirectorySource::of).orElse(DirectorySource.NONE));
    }

    /** The types that come with Carillon. */
    public Templates(Categories categories) {
        this(categories, DirectorySource.NONE);
    }

    private Templates(Categories categories, DirectorySource own) {
        this(categories, TemplateSource.withDirectory(own), own);
    }

    Templates(Categories categories, TemplateSource source) {
        this(categories, source, DirectorySource.NONE);
    }

    private Templates(Categories categories, TemplateSource source, DirectorySource ownFiles) {
        this.categories = categories;
        this.ownFiles = ownFiles;
        this.source = source;
        this.fileLayouts = layoutsOf(source);
        this.reader = new TypeReader(source, categories);
        this.files = read(source, reader);
        this.all = files;
    }

    private static SortedMap<String, TypeFolder> read(TemplateSource source, TypeReader reader) {
        SortedMap<String, TypeFolder> read = new TreeMap<>();
        filesByFolder(source.require(INDEX)).forEach((name, files) -> {
            TypeText text = text(name, files, source);
            read.put(name, reader.read(text, text.fingerprint()));
        });
        return read;
    }

    /** The files of the directory that it began with. */
    DirectorySource ownFiles() {
        return ownFiles;
    }

    /**
     * Replaces the files' types; published ones stay before them. Not for an event loop.
     *
     * @return the types that have changed, as text
     * @throws InvalidTemplateException when one cannot be used; then nothing has changed
     */
    synchronized List<String> reread(TemplateSource source) {
        TypeReader again = new TypeReader(layouts.over(source), categories);
        SortedMap<String, TypeFolder> read = read(source, again);
        List<String> changes = Changes.between(versions(files), versions(read));
        this.source = source;
        fileLayouts = layoutsOf(source);
        reader = again;
        files = read;
        publish(published);
        return changes;
    }

    public Optional<NotificationType> type(String name) {
        return folder(name).map(TypeFolder::type);
    }

    /** A type as a tenant has it: some have types of their own, which come before everybody's. */
    public Optional<NotificationType> type(String tenant, String name) {
        return Optional.ofNullable(folder(tenant, name)).map(TypeFolder::type);
    }

    private @Nullable TypeFolder folder(String tenant, String name) {
        TypeFolder own = ofTenants.isEmpty()
                ? null
                : ofTenants.getOrDefault(tenant, Map.of()).get(name);
        return own == null ? all.get(name) : own;
    }

    /** The types of a tenant's own, in this process only: for throwaway tenants. */
    public void keep(String tenant, Collection<TypeFolder> own) {
        ofTenants.put(
                tenant,
                own.stream().collect(Collectors.toMap(folder -> folder.type().name(), Function.identity())));
    }

    /** The tenant has none of its own any more. */
    public void forget(String tenant) {
        ofTenants.remove(tenant);
    }

    /** In alphabetical order. */
    public Collection<NotificationType> types() {
        return all.values().stream().map(TypeFolder::type).toList();
    }

    /** The current version of a type and its texts. */
    public Optional<TypeFolder> folder(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** A type as its files have it, whether or not other texts are published. */
    public Optional<TypeFolder> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /**
     * Compiles texts and renders them with their examples. Not for an event loop. Fails with {@link
     * InvalidTemplateException}.
     */
    public TypeFolder compile(TypeText text, String version) {
        return reader.read(text, version);
    }

    /**
     * The same, and can be stopped.
     *
     * @param stopped whether nobody waits any more: then it ends with a {@link java.util.concurrent.CancellationException}
     */
    public TypeFolder compile(TypeText text, String version, BooleanSupplier stopped) {
        return reader.read(text, version, stopped);
    }

    /** Finds all errors of texts, and what is odd about them. Not for an event loop. */
    public Inspection inspect(TypeText text, BooleanSupplier stopped) {
        return new TypeInspector(text, reader, stopped).inspect();
    }

    /** Replaces the published types. They come before files' types of the same name; all others are as in the files. */
    public synchronized void publish(Collection<TypeFolder> published) {
        List<TypeFolder> current = published.stream().map(this::current).toList();
        SortedMap<String, TypeFolder> together = new TreeMap<>(files);
        current.forEach(folder -> together.put(folder.type().name(), folder));
        this.published = current;
        all = together;
    }

    /** With the layouts in use, if it was compiled with others; as it is if it does not go with these. */
    private TypeFolder current(TypeFolder folder) {
        try {
            return folder.isReadBy(reader) ? folder : reader.read(folder.text(), folder.version());
        } catch (InvalidTemplateException unusable) {
            return folder;
        }
    }

    /** The layouts of types: those of the files, and what is published instead of them; by name. */
    public List<Layout> layouts() {
        SortedMap<String, TypeText> byName = new TreeMap<>(fileLayouts);
        byName.putAll(layouts.byName());
        return byName.values().stream()
                .map(text -> new Layout(
                        text,
                        layouts.byName().containsKey(text.type()),
                        usersOf(text.type()).map(user -> user.type().name()).toList()))
                .toList();
    }

    private static Map<String, TypeText> layoutsOf(TemplateSource source) {
        Map<String, Map<String, String>> byName = new HashMap<>();
        source.require(INDEX)
                .lines()
                .map(String::strip)
                .forEach(path -> LayoutFiles.nameIn(path)
                        .filter(name -> !name.equals(PAGE))
                        .ifPresent(name -> byName.computeIfAbsent(name, none -> new HashMap<>())
                                .put(path.substring(TemplateEngine.LAYOUTS.length()), source.require(path))));
        Map<String, TypeText> layouts = new HashMap<>();
        byName.forEach((name, files) -> layouts.put(name, new TypeText(name, files)));
        return layouts;
    }

    public Optional<Layout> layout(String name) {
        return layouts().stream().filter(layout -> layout.name().equals(name)).findFirst();
    }

    /** Changes with everything that texts are compiled from. */
    public Object edition() {
        return all;
    }

    /** Refuses a layout that cannot be used, whatever includes it, with an {@link InvalidTemplateException}. */
    public void checkLayout(TypeText layout) {
        layout.files().forEach((file, content) -> {
            String path = TemplateEngine.LAYOUTS + file;
            if (LayoutFiles.nameIn(path).filter(layout.type()::equals).isEmpty()
                    || layout.type().equals(PAGE)) {
                throw InvalidTemplateException.of(
                        path, "is no file of the layout " + layout.type() + ", such as " + layout.type() + ".html");
            }
            new TemplateEngine(layouts.with(layout).over(source), "en").parse(path, content);
        });
    }

    /**
     * Which types could not be rendered with another layout. Not for an event loop.
     *
     * @param name   the layout
     * @param layout what it would say; null for what the files have
     */
    public List<BrokenByLayout> brokenBy(String name, @Nullable TypeText layout, BooleanSupplier stopped) {
        TypeReader candidate = readerWith(name, layout);
        List<BrokenByLayout> broken = new ArrayList<>();
        usersOf(name).forEach(user -> {
            try {
                candidate.read(user.text(), user.version(), stopped);
            } catch (InvalidTemplateException why) {
                broken.add(new BrokenByLayout(user.type().name(), why));
            }
        });
        return broken;
    }

    /** A type's texts in use, with another layout around them. Not for an event loop. */
    public TypeFolder compileWith(TypeText layout, TypeFolder folder, BooleanSupplier stopped) {
        return readerWith(layout.type(), layout).read(folder.text(), folder.version(), stopped);
    }

    /**
     * Puts these layouts in the place of the files' ones. Not for an event loop.
     *
     * @throws InvalidTemplateException when a type does not go with them; then nothing has changed
     */
    public synchronized void useLayouts(Collection<TypeText> published) {
        LayoutFiles wanted =
                new LayoutFiles(published.stream().collect(Collectors.toMap(TypeText::type, layout -> layout)));
        if (!wanted.equals(layouts)) {
            TypeReader again = new TypeReader(wanted.over(source), categories);
            SortedMap<String, TypeFolder> read = read(source, again);
            List<TypeFolder> republished = this.published.stream()
                    .map(folder -> again.read(folder.text(), folder.version()))
                    .toList();
            layouts = wanted;
            reader = again;
            files = read;
            publish(republished);
        }
    }

    private TypeReader readerWith(String name, @Nullable TypeText layout) {
        return new TypeReader((layout == null ? layouts.without(name) : layouts.with(layout)).over(source), categories);
    }

    private Stream<TypeFolder> usersOf(String layout) {
        return all.values().stream().filter(folder -> folder.includes(layout));
    }

    /** Why the type cannot be rendered with the context; empty if it can. Unknown variables are fine. */
    public List<ContextViolation> check(NotificationType type, Map<String, ? extends @Nullable Object> context) {
        return Binding.of(type, context).violations();
    }

    /** Renders the text for one channel in the type's own language, in UTC. */
    public Rendered render(
            NotificationType type,
            String channel,
            Map<String, ? extends @Nullable Object> context,
            Map<String, ? extends @Nullable Object> customer) {
        return render(type.name(), channel, Reader.of(type.locale(), customer), context);
    }

    /** Renders the text for one channel in the reader's language or the nearest one; see {@link TypeFolder#render}. */
    public Rendered render(
            String type, String channel, Reader reader, Map<String, ? extends @Nullable Object> context) {
        return render(all.get(type), type, channel, reader, context);
    }

    /** The same, of a tenant. */
    public Rendered render(
            String tenant,
            String type,
            String channel,
            Reader reader,
            Map<String, ? extends @Nullable Object> context) {
        return render(folder(tenant, type), type, channel, reader, context);
    }

    private static Rendered render(
            @Nullable TypeFolder folder,
            String type,
            String channel,
            Reader reader,
            Map<String, ? extends @Nullable Object> context) {
        return folder == null
                ? new NotRendered(Reason.TEMPLATE_MISSING, channel, type + " has no template for " + channel)
                : folder.render(channel, reader, context);
    }

    private static Map<String, String> versions(Map<String, TypeFolder> folders) {
        return folders.values().stream()
                .collect(Collectors.toMap(folder -> folder.type().name(), TypeFolder::version));
    }

    private static TypeText text(String name, Set<String> files, TemplateSource source) {
        Map<String, String> contents = new HashMap<>();
        files.forEach(file -> contents.put(file, source.require(name + "/" + file)));
        return new TypeText(name, contents);
    }

    private static Map<String, Set<String>> filesByFolder(String index) {
        Map<String, Set<String>> folders = new LinkedHashMap<>();
        index.lines()
                .map(String::strip)
                .filter(Templates::isInTypeFolder)
                .sorted()
                .forEach(path -> {
                    int slash = path.indexOf('/');
                    folders.computeIfAbsent(path.substring(0, slash), name -> new TreeSet<>())
                            .add(path.substring(slash + 1));
                });
        return folders;
    }

    private static boolean isInTypeFolder(String path) {
        return path.indexOf('/') > 0 && !path.startsWith("_");
    }
}
