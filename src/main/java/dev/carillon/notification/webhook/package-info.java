/** Other systems that hear of statuses as they change. */
@NullMarked
package dev.carillon.notification.webhook;

import org.jspecify.annotations.NullMarked;
