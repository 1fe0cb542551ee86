package dev.carillon.notification.unsubscribe;

import dev.carillon.notification.template.Categories;
import dev.carillon.notification.template.Category;
import dev.carillon.notification.template.Pages;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;

/** The page behind the unsubscribe link, in the customer's language. It asks for confirmation, and then confirms. */
@Startup
@ApplicationScoped
public class UnsubscribePage {

    private static final String NAME = "unsubscribe";

    private final Pages pages;
    private final Categories categories;
    private final Unsubscribing unsubscribing;

    UnsubscribePage(Pages pages, Categories categories, Unsubscribing unsubscribing) {
        this.pages = pages;
        this.categories = categories;
        this.unsubscribing = unsubscribing;
        proveInEveryLanguage();
    }

    /** The page with a button: opening it changes nothing. */
    public Uni<String> asking(UnsubscribeTarget subscription) {
        return page(subscription, false);
    }

    /** Says what does not come any more. */
    public Uni<String> done(UnsubscribeTarget subscription) {
        return page(subscription, true);
    }

    private Uni<String> page(UnsubscribeTarget subscription, boolean done) {
        return unsubscribing
                .language(subscription)
                .map(language -> render(language, what(subscription, language), done));
    }

    private String what(UnsubscribeTarget subscription, Locale language) {
        return categories
                .category(subscription.category())
                .map((Category category) -> category.description(language))
                .orElse(subscription.category());
    }

    private String render(Locale language, String what, boolean done) {
        return pages.render(NAME, language, Map.of("what", what, "done", done));
    }

    /** Renders the page in every language at the start, so that customers are not the first to see an error. */
    private void proveInEveryLanguage() {
        pages.languages(NAME).forEach(language -> {
            render(language, "News", false);
            render(language, "News", true);
        });
    }
}
