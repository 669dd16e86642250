package io.porchlight.privacy;

import io.porchlight.notifications.Farewells;
import io.porchlight.orders.CustomerKey;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where a shop asks what we hold about a customer, and has them forgotten. */
@RestController
class CustomerApi {

    private final PersonalFiles files;
    private final Farewells farewells;

    CustomerApi(PersonalFiles files, Farewells farewells) {
        this.files = files;
        this.farewells = farewells;
    }

    @GetMapping("/api/customers/{brand}/{customerId}")
    PersonalFile tell(@PathVariable String brand, @PathVariable String customerId, Principal caller) {
        return files.find(customer(brand, customerId, caller)).orElseThrow(() -> unknown(customerId));
    }

    /** Answers the same however often it is asked. */
    @DeleteMapping("/api/customers/{brand}/{customerId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String brand, @PathVariable String customerId, Principal caller) {
        if (!farewells.erase(customer(brand, customerId, caller))) {
            throw unknown(customerId);
        }
    }

    private static CustomerKey customer(String brand, String customerId, Principal caller) {
        if (!brand.equals(caller.getName())) {
            throw unknown(customerId);
        }
        return new CustomerKey(brand, customerId);
    }

    private static ResponseStatusException unknown(String customerId) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, "There is no customer " + customerId + " that your API key opens");
    }
}
