package dev.carillon.platform.lww;

/** Something as it stood when the journal held everything up to this position, that event included. */
public record AsOf<K>(K key, long position) {}
