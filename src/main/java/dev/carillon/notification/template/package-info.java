/** Subject and body per notification type and channel: pure rendering, and the only place that knows the template engine. */
@NullMarked
package dev.carillon.notification.template;

import org.jspecify.annotations.NullMarked;
