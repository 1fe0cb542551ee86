package dev.carillon.delivery.endpoint;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;

/** The accounts that may call us back in the generic form. */
@ConfigMapping(prefix = "carillon.callbacks")
public interface CallbackSettings {

    /** Name in the path → what its calls are signed with; a name that is not here is not served. */
    Map<String, Account> generic();

    /** One account. */
    interface Account {

        /** The secrets that sign its callbacks ({@code whsec_…}); two while one replaces the other. */
        List<String> secrets();
    }
}
