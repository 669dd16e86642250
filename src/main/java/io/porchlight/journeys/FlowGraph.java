package io.porchlight.journeys;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which element of a process can come after which, with embedded subprocesses unfolded. */
class FlowGraph {

    private final Map<String, Set<String>> next = new HashMap<>();
    private final String start;

    FlowGraph(BpmnModelInstance model, StartEvent start) {
        this.start = start.getId();
        model.getModelElementsByType(SequenceFlow.class)
                .forEach(flow -> edge(exit(flow.getSource()), flow.getTarget().getId()));
        model.getModelElementsByType(BoundaryEvent.class).forEach(event -> passBy(event, model));
        model.getModelElementsByType(SubProcess.class).stream()
                .filter(subprocess -> !subprocess.triggeredByEvent())
                .forEach(this::unfold);
    }

    /** What a boundary event leads to can come without the end of what it is attached to. */
    private void passBy(BoundaryEvent event, BpmnModelInstance model) {
        edge(event.getAttachedTo().getId(), event.getId());
        model.getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> flow.getTarget().equals(event.getAttachedTo()))
                .forEach(flow -> edge(exit(flow.getSource()), event.getId()));
    }

    private void unfold(SubProcess subprocess) {
        for (var child : subprocess.getFlowElements()) {
            if (child instanceof StartEvent) {
                edge(subprocess.getId(), child.getId());
            }
            if (child instanceof EndEvent) {
                edge(child.getId(), exit(subprocess));
            }
        }
    }

    private void edge(String from, String to) {
        next.computeIfAbsent(from, node -> new LinkedHashSet<>()).add(to);
    }

    private static String exit(FlowNode node) {
        return node instanceof SubProcess ? node.getId() + "/end" : node.getId();
    }

    /** Whether the story, from its start, can come to this element. */
    boolean reachable(String node) {
        return node.equals(start) || reaches(start, node, "");
    }

    /** Whether the one always comes before the other and never after it. */
    boolean precedes(String one, String other) {
        return !one.equals(other) && reaches(one, other, "") && !reaches(other, one, "");
    }

    /** Whether every path from the start to the other leads through the one. */
    boolean onEveryPath(String one, String other) {
        return !one.equals(other) && reaches(one, other, "") && !reaches(start, other, one);
    }

    private boolean reaches(String from, String to, String avoiding) {
        var seen = new HashSet<String>();
        var open = new ArrayDeque<String>();
        open.add(from);
        while (!open.isEmpty()) {
            for (String node : next.getOrDefault(open.remove(), Set.of())) {
                if (node.equals(to)) {
                    return true;
                }
                if (!node.equals(avoiding) && seen.add(node)) {
                    open.add(node);
                }
            }
        }
        return false;
    }
}
