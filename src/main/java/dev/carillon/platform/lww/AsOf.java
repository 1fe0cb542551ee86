package dev.carillon.platform.lww;

/** A value as of a journal position, that event included. */
public record AsOf<K>(K key, long position) {}
