package io.porchlight;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Porchlight. */
@SpringBootApplication
public class Porchlight {

    public static void main(String[] args) {
        SpringApplication.run(Porchlight.class, args);
    }
}
