package dev.carillon.notification.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.IncludeSectionHelper;
import io.quarkus.qute.InsertSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template engine separate from the application's. Templates see maps, lists and scalars, but no beans, configuration
 * or Java methods. There is no {@code eval} and no {@code raw}; only layouts can be included; unknown names are errors.
 */
final class TemplateEngine {

    static final String LAYOUTS = "_layout/";

    private final Engine engine;

    /** @param locale the language of what it parses, which gets its layouts in that language where there are such */
    TemplateEngine(TemplateSource source, String locale) {
        this.engine = Engine.builder()
                .addSectionHelpers(
                        new IfSectionHelper.Factory(),
                        new BoundedLoop(),
                        new SetSectionHelper.Factory(),
                        new IncludeSectionHelper.Factory(),
                        new InsertSectionHelper.Factory())
                .addValueResolvers(
                        ValueResolvers.mapResolver(),
                        ValueResolvers.mapEntryResolver(),
                        ValueResolvers.mapperResolver(),
                        ValueResolvers.collectionResolver(),
                        ValueResolvers.listResolver(),
                        ValueResolvers.thisResolver(),
                        ValueResolvers.orResolver(),
                        ValueResolvers.orEmpty(),
                        ValueResolvers.trueResolver(),
                        ValueResolvers.logicalAndResolver(),
                        ValueResolvers.logicalOrResolver(),
                        new AmountFunctions(),
                        new TextFunctions())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .addResultMapper(new PlainDecimal())
                .addLocator(id -> layout(source, id, locale))
                .strictRendering(true)
                // Values are in memory, so nothing is ever waited for; the timer would only cost.
                .useAsyncTimeout(false)
                .build();
    }

    /** One template file; {@code .html} files escape what they print. Throws with file and line if it cannot be parsed. */
    TemplateFile parse(String file, String content) {
        try {
            Template template = engine.parse(content, variantOf(file), file);
            TemplateBounds.check(template);
            return new TemplateFile(file, template);
        } catch (TemplateException e) {
            Origin origin = e.getOrigin();
            throw new InvalidTemplateException(
                    file,
                    null,
                    origin == null ? 1 : origin.getLine(),
                    origin == null ? null : column(origin),
                    String.valueOf(e.getMessage()),
                    e);
        } catch (StackOverflowError e) {
            throw InvalidTemplateException.of(file, "is nested too deeply");
        }
    }

    /** Null when only the line is known. */
    static @Nullable Integer column(Origin origin) {
        return origin.getLineCharacterStart() > 0 ? origin.getLineCharacterStart() : null;
    }

    /** {@code _layout/email.html} is {@code _layout/email.de-AT.html} in Austria, else {@code _layout/email.de.html}, else itself. */
    private static Optional<TemplateLocation> layout(TemplateSource source, String id, String locale) {
        if (!id.startsWith(LAYOUTS)) {
            return Optional.empty();
        }
        int end = id.lastIndexOf('.');
        for (String tag : end > 0 ? LocaleTag.withParents(locale) : List.<String>of()) {
            String content = source.read(id.substring(0, end) + "." + tag + id.substring(end));
            if (content != null) {
                return Optional.of(new LayoutFile(content, variantOf(id)));
            }
        }
        String content = source.read(id);
        return content == null ? Optional.empty() : Optional.of(new LayoutFile(content, variantOf(id)));
    }

    private static Variant variantOf(String file) {
        return Variant.forContentType(file.endsWith(".html") ? Variant.TEXT_HTML : Variant.TEXT_PLAIN);
    }

    private record LayoutFile(String content, Variant variant) implements TemplateLocation {
        @Override
        public Reader read() {
            return new StringReader(content);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(variant);
        }
    }

    /** Prints 1000 and not 1E+3. */
    private static final class PlainDecimal implements ResultMapper {
        @Override
        public int getPriority() {
            return DEFAULT_PRIORITY + 1;
        }

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return result instanceof BigDecimal;
        }

        @Override
        public String map(Object result, Expression expression) {
            return ((BigDecimal) result).toPlainString();
        }
    }
}
