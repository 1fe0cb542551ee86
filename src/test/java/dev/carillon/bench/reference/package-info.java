/**
 * The yardstick of the benchmarks: the least that a service must do which accepts work over HTTP, loses none of it and does each piece
 * once. It looks nobody up, decides nothing, renders nothing and sends nothing.
 */
package dev.carillon.bench.reference;
