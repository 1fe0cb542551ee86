/** Words that are changed while the service runs: drafts, preview, versions; from the database to every replica. */
@NullMarked
package dev.carillon.notification.publishing;

import org.jspecify.annotations.NullMarked;
