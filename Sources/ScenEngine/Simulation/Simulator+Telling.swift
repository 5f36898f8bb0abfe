package import ScenModel

extension Simulator {
    /// What is wanted of a run that is told.
    package struct Telling {
        /// Steps kept at most: a run may have millions.
        package var limit: Int
        /// Those that lead to this step are kept rather than the last ones of the run.
        package var decisiveStep: Int?
        /// Whether its trace is wanted, and what the run shows.
        package var shown: Trace.Shown?
        /// How many events the run has, if that is known.
        package var events: Int?
        package init(limit: Int, decisiveStep: Int? = nil, shown: Trace.Shown? = nil, events: Int? = nil) {
            self.limit = limit
            self.decisiveStep = decisiveStep
            self.shown = shown
            self.events = events
        }

        /// Of a run with so many events.
        func kept(events: Int) -> Range<Int> {
            let limit = max(0, limit)
            let end = min(events, max(limit, decisiveStep.map { $0 + 1 } ?? events))
            return max(0, end - limit)..<end
        }
    }
    package struct Told {
        package var result: RunResult
        package var story: Story
        /// Nil also for a run that is too long for a trace.
        package var trace: Trace?
    }

    /// The run of this seed again, told.
    package func tell(seed: UInt64, horizon: Int, watches: [Watch], _ telling: Telling) -> Told {
        let events = telling.events ?? run(seed: seed, horizon: horizon, watches: watches).events
        let recorder = telling.shown.map { _ in
            TraceRecorder(world: world, timeline: compiled.system.timeline, inRounds: lockstep != nil)
        }
        let teller = Storyteller(world: world, keeping: telling.kept(events: events), recorder: recorder)
        self.teller = teller
        machine.keepsLog = true
        let result = run(seed: seed, horizon: horizon, watches: watches)
        machine.keepsLog = false
        self.teller = nil
        let story = Story(
            seed: seed, faulty: faultyNodes, told: teller, result: result,
            compiled: compiled, world: world)
        var trace: Trace?
        if let recorder, let shown = telling.shown, !recorder.isTooLong {
            trace = self.trace(of: story, recorder, shown)
        }
        return Told(result: result, story: story, trace: trace)
    }

    private func trace(of story: Story, _ recorder: TraceRecorder, _ shown: Trace.Shown) -> Trace {
        let printer = ValuePrinter(compiled.program.types)
        var trace = Trace(
            parameters: compiled.parameters.map { Trace.Parameter(name: $0.name, value: $0.text) }, seed: seed,
            shown: shown, nodes: compiled.system.nodes.names, inputs: story.inputs.map(printer.text),
            faulty: faultyNodes, steps: recorder.steps)
        trace.hash = recorder.hash.value
        return trace
    }
}

extension Story {
    init(
        seed: UInt64, faulty: [Int], told: Storyteller, result: RunResult, compiled: CompiledCase, world: World
    ) {
        let program = compiled.program
        let memory = world.memory
        var inputs: [Value] = []
        if let type = program.inputType {
            inputs = (0..<memory.nodeCount).map { world.machine.value(memory.inputs[$0], type) }
        }
        self.init(
            seed: seed, types: program.types, variables: program.variables, inputs: inputs, faulty: faulty,
            steps: told.steps, end: result.end, endTime: result.endTime,
            outcome: result.outcome.map { compiled.outcomes[$0].name })
        if let drawn = memory.clocks { clocks = zip(drawn.offsets, drawn.deviations).map { Clock(start: $0, deviation: $1) } }
        hasAdversary = compiled.system.network.links == .arbitrary
        firstStep = told.kept.lowerBound
        laterSteps = max(0, result.events - told.kept.upperBound)
    }
}
