/** Changes texts while the service runs: drafts, previews, versions. The database passes them on to every replica. */
@NullMarked
package dev.carillon.notification.publishing;

import org.jspecify.annotations.NullMarked;
