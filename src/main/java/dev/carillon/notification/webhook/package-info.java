/** Webhooks: sends status changes to other systems. */
@NullMarked
package dev.carillon.notification.webhook;

import org.jspecify.annotations.NullMarked;
