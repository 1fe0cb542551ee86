package dev.carillon.eventsourced.reaction;

import dev.carillon.eventsourced.journal.EventJournal;
import dev.carillon.eventsourced.memory.Memory;
import dev.carillon.notification.recipient.CustomerZones;
import dev.carillon.notification.recipient.RecipientDirectory;
import jakarta.enterprise.context.ApplicationScoped;

/** All look-ups as of a journal position. They are the same live, in an explanation and in a backtest. */
@ApplicationScoped
class AsOfLookups {

    private final EventJournal journal;
    private final Memory memory;
    private final RecipientDirectory recipients;
    private final Audiences audiences;
    private final CustomerZones zones;

    AsOfLookups(
            EventJournal journal,
            Memory memory,
            RecipientDirectory recipients,
            Audiences audiences,
            CustomerZones zones) {
        this.journal = journal;
        this.memory = memory;
        this.recipients = recipients;
        this.audiences = audiences;
        this.zones = zones;
    }

    EventJournal journal() {
        return journal;
    }

    Memory memory() {
        return memory;
    }

    RecipientDirectory recipients() {
        return recipients;
    }

    Audiences audiences() {
        return audiences;
    }

    CustomerZones zones() {
        return zones;
    }
}
