/**
 * Documents that have versions (rules, texts): put, published, switched and withdrawn while the service runs; and the change feed, by
 * which every cache of every replica is told what the database says now.
 */
@NullMarked
package dev.carillon.platform.versions;

import org.jspecify.annotations.NullMarked;
