import ScenModel

extension Machine {
    /// What the loop leaves over: composites here, numbers and the world in what follows.
    func executeRarely(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        let x = Word(bits: r[Int(i.b)])
        let y = Word(bits: r[Int(i.c)])
        switch i.opcode {
        case .makeTuple: return put(arena.composite(.tuple, of: r + Int(i.b), count: Int(i.c)), r, a)
        case .makeList: return put(arena.composite(.list, of: r + Int(i.b), count: Int(i.c)), r, a)
        case .makeSet: return put(arena.set(of: r + Int(i.b), count: Int(i.c)), r, a)
        case .makeMap: return put(arena.map(of: r + Int(i.b), count: Int(i.c) / 2), r, a)
        case .makeTimer:
            let kind = Int(i.c)
            return put(arena.shaped(.timer, kind, fields: r + Int(i.b), count: state.pointee.timerFields[kind]), r, a)
        case .makeRange: return put(arena.range(x.number, y.number), r, a)
        case .adding: return put(arena.adding(x, y), r, a)
        case .removing: return put(arena.removing(x, y), r, a)
        case .appending: return put(arena.appending(x, y), r, a)
        case .removingFromList: return put(arena.removingFirst(x, y), r, a)
        case .removingFromMap: return put(arena.removingFromMap(x, y), r, a)
        case .insertingIntoMap:
            return put(arena.inserting(x, Word(bits: r[Int(i.b) + 1]), Word(bits: r[Int(i.b) + 2])), r, a)
        case .replacingField:
            return put(arena.replacing(x, at: r[Int(i.b) + 1] >> 1, with: Word(bits: r[Int(i.b) + 2])), r, a)
        case .union: return put(arena.union(x, y), r, a)
        case .intersection: return put(arena.intersection(x, y), r, a)
        case .difference: return put(arena.difference(x, y), r, a)
        case .concatenateLists: return put(arena.concatenated(x, y), r, a)
        case .concatenateStrings: return put(arena.concatenatedStrings(x, y), r, a)
        case .isSubset: return put(Word(arena.isSubset(x, y)), r, a)
        case .containsList: return put(Word(arena.containsInList(x, y)), r, a)
        case .containsString: return put(Word(arena.containsText(x, y)), r, a)
        case .keys, .setToList: return put(arena.copied(x, as: .list, sorting: false), r, a)
        case .keySet: return put(arena.copied(x, as: .set, sorting: false), r, a)
        case .sorted: return put(arena.copied(x, as: .list, sorting: true), r, a)
        case .listToSet: return put(setOfElements(x), r, a)
        case .values: return put(arena.values(of: x, as: .list), r, a)
        case .valueSet: return put(arena.values(of: x, as: .set), r, a)
        case .items, .itemSet:
            guard arena.count(of: x) <= state.pointee.gatheredEnd - state.pointee.gatheredTop else {
                return fail(.gatheredTooMuch)
            }
            return put(arena.items(of: x, as: i.opcode == .items ? .list : .set, scratch: state.pointee.gatheredTop), r, a)
        case .reversed: return put(arena.reversed(x), r, a)
        case .majority: return put(arena.majority(x, else: y), r, a)
        default: return lookInto(i, r)
        }
    }

    /// Operations that give a part of a collection.
    private func lookInto(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        let x = Word(bits: r[Int(i.b)])
        let y = Word(bits: r[Int(i.c)])
        switch i.opcode {
        case .elementAt:
            guard let index = place(y.number, in: x) else { return fail(.indexOutsideList) }
            r[a] = arena.contents(of: x)[index]
        case .replacingElement:
            guard let index = place(r[Int(i.b) + 1] >> 1, in: x) else { return fail(.indexOutsideList) }
            return put(arena.replacing(x, at: index, with: Word(bits: r[Int(i.b) + 2])), r, a)
        case .slice: return put(arena.slice(x, r[Int(i.b) + 1] >> 1, r[Int(i.b) + 2] >> 1), r, a)
        case .lookUp:
            guard let value = arena.lookUp(x, y) else { return fail(.missingMapKey) }
            r[a] = value.bits
        case .lookUpMaybe: r[a] = (arena.lookUp(x, y) ?? .none).bits
        case .lookUpOr:
            r[a] = (arena.lookUp(x, Word(bits: r[Int(i.b) + 1])) ?? Word(bits: r[Int(i.b) + 2])).bits
        case .first, .last, .firstKey, .lastKey:
            let (start, count, stride) = arena.elements(of: x)
            guard count > 0 else { return fail(.emptyCollection) }
            let isFirst = i.opcode == .first || i.opcode == .firstKey
            r[a] = start[isFirst ? 0 : (count - 1) * stride]
        case .minimum, .maximum:
            guard let best = arena.extreme(of: x, greatest: i.opcode == .maximum) else { return fail(.emptyCollection) }
            r[a] = best.bits
        case .lengthOfString: r[a] = arena.textLength(x) << 1
        case .lengthOfMap: r[a] = arena.count(of: x) << 1
        case .isInRange:
            let number = r[Int(i.b) + 2]
            r[a] = x.bits <= number && number <= r[Int(i.b) + 1] ? 2 : 0
        case .lessValue: r[a] = arena.compare(x, y) < 0 ? 2 : 0
        case .atMostValue: r[a] = arena.compare(x, y) <= 0 ? 2 : 0
        default: return gather(i, r)
        }
        return .done
    }

    /// What comprehensions put together.
    private func gather(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        switch i.opcode {
        case .beginGathering: r[a] = (state.pointee.gatheredTop - state.pointee.gathered) << 1
        case .gather, .gatherPair:
            let words = i.opcode == .gather ? 1 : 2
            guard state.pointee.gatheredEnd - state.pointee.gatheredTop >= words else { return fail(.gatheredTooMuch) }
            state.pointee.gatheredTop[0] = r[a]
            if words == 2 { state.pointee.gatheredTop[1] = r[Int(i.b)] }
            state.pointee.gatheredTop += words
        case .gatheredList, .gatheredSet, .gatheredMap:
            let start = state.pointee.gathered + r[Int(i.b)] >> 1
            let count = state.pointee.gatheredTop - start
            let result =
                switch i.opcode {
                case .gatheredList: arena.composite(.list, of: start, count: count)
                case .gatheredSet: arena.set(of: start, count: count)
                default: arena.map(of: start, count: count / 2)
                }
            if result.hasFailed { return .noRoom }
            state.pointee.gatheredTop = start
            r[a] = result.bits
        case .loadUnset: r[a] = Word.unset.bits
        case .accumulateMinimum:
            if r[a] == Word.unset.bits || arena.precedes(r[Int(i.b)], r[a]) { r[a] = r[Int(i.b)] }
        case .accumulateMaximum:
            if r[a] == Word.unset.bits || arena.precedes(r[a], r[Int(i.b)]) { r[a] = r[Int(i.b)] }
        case .checkSet: if r[a] == Word.unset.bits { return fail(.emptyCollection) }
        default: return calculate(i, r)
        }
        return .done
    }

    private func setOfElements(_ collection: Word) -> Word {
        let (start, count, stride) = arena.elements(of: collection)
        return stride == 1 ? arena.set(of: start, count: count) : arena.copied(collection, as: .set, sorting: false)
    }

    /// Of the element that `index` names; negative ones count from the end.
    private func place(_ index: Int, in list: Word) -> Int? {
        let count = arena.count(of: list)
        let place = index < 0 ? index &+ count : index
        return place >= 0 && place < count ? place : nil
    }

    @inline(__always)
    func put(_ word: Word, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        if word.hasFailed { return .noRoom }
        r[a] = word.bits
        return .done
    }

    func fail(_ problem: RuntimeProblem) -> StepResult {
        state.pointee.problem = problem
        return .failed
    }
}
