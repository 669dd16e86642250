package io.porchlight.vitals;

import java.util.List;

/** Rows that wait to be worked off; whoever owns the table tells how many they are, and is asked only now and then. */
public interface WhatWaits {

    /** What waits, each as one word of the metric's label {@code of}. */
    List<String> names();

    /** How much of it there is, by one query that an index answers. */
    Depth depth(String name);
}
