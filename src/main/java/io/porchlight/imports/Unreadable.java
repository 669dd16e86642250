package io.porchlight.imports;

import java.io.IOException;

/** A file that cannot be read, or not any further; says why in words for who sent it, and never quotes the file. */
class Unreadable extends IOException {

    Unreadable(String message) {
        super(message);
    }
}
