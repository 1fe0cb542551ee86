/** What happens right now, for whoever looks on: events, decisions and deliveries of a tenant, as they are committed. */
@NullMarked
package dev.carillon.eventsourced.activity;

import org.jspecify.annotations.NullMarked;
