package io.porchlight.signals;

import java.util.List;

/** A signal cannot be understood before its order is known; nothing of it was written. */
class Waits extends RuntimeException {

    private final String about;
    private final transient List<String> names;

    Waits(String about, List<String> names, String reason) {
        super(reason);
        this.about = about;
        this.names = names;
    }

    String about() {
        return about;
    }

    List<String> names() {
        return names;
    }
}
