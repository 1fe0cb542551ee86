package dev.carillon.delivery;

/** One way out of a channel: a provider, and the open way to it. */
public record Route(String provider, Gateway gateway) {
}
