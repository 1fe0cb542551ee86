package dev.carillon.comparison.story;

import dev.carillon.eventsourced.rule.RuleBook;
import dev.carillon.notification.template.TypeFolder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story that can be told through either door.
 *
 * @param name    its name in paths
 * @param summary what happens
 * @param given   what there is before; null for the sample data
 * @param book    its own rules; null for those in force
 * @param types   its own notification types
 * @param facts   what happens, in order
 * @param expect  who must be notified; null for whoever is when nothing breaks
 * @param faults  what some faults are about
 * @param text    the file, for what is changed in it and read again
 * @param size    how many lines each door takes
 */
public record Story(
        String name,
        String summary,
        @Nullable Given given,
        @Nullable RuleBook book,
        List<TypeFolder> types,
        List<StoryFact> facts,
        @Nullable List<Expected> expect,
        StoryFaults faults,
        String text,
        StorySize size) {

    /** Who and what there is before the story begins. */
    public record Given(
            List<Map<String, @Nullable Object>> customers,
            Map<String, List<Map<String, @Nullable Object>>> records,
            List<PublishedEvent> events) {}

    /**
     * An event that a team publishes.
     *
     * @param subject the customer; null for the fact's, or none
     * @param data    null for what the team knows of the fact
     */
    public record PublishedEvent(
            String type,
            @Nullable TextOfParts subject,
            @Nullable Map<String, @Nullable Object> data) {}

    /**
     * Something happens at one team.
     *
     * @param says  in words
     * @param data  what the team knows of it
     * @param event what it publishes in door 1
     * @param calls what it does in door 2
     */
    public record StoryFact(
            String says,
            String team,
            Map<String, @Nullable Object> data,
            List<RecordChange> changes,
            @Nullable PublishedEvent event,
            List<TeamStep> calls) {}

    /** One message to one customer, on each of these channels. */
    public record Expected(
            String customer,
            String type,
            List<String> channels,
            @Nullable String says) {}

    /** Lines of the file: the rules or the event of door 1, the look-ups and calls of door 2. */
    public record StorySize(int eventSourced, int apiDriven) {}

    /** The customer changes their mind, and who must be notified then. */
    public record PreferenceChange(
            String customer,
            String category,
            Map<String, Boolean> choices,
            @Nullable List<Expected> expect) {}

    /** Every {@code find} of the text is a {@code put} while it is wrong. */
    public record WrongRule(
            String find, String put, @Nullable String rule) {}

    /** What some faults are about; null where the file says nothing of it. */
    public record StoryFaults(
            @Nullable PreferenceChange preferenceChange,
            @Nullable WrongRule wrongRule) {}
}
