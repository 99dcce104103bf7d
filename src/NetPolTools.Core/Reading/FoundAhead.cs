using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>What another thread has found before its turn, to be passed on in the order in which it came.</summary>
/// <param name="capacity">About how much is to come.</param>
internal sealed class FoundAhead(int capacity) : IManifestSink
{
    // Objects, diagnostics, names of kinds passed over, and where snapshots are from.
    private readonly List<object> _found = new(capacity);

    public int Count => _found.Count;

    public void Add(KubernetesObject found) => _found.Add(found);

    public void Report(Diagnostic diagnostic) => _found.Add(diagnostic);

    public void Skipped(string kind) => _found.Add(kind);

    public void Describe(SnapshotOrigin origin) => _found.Add(origin);

    /// <summary>Forgets what came last.</summary>
    /// <param name="count">How much of it stays.</param>
    public void CutTo(int count) => _found.RemoveRange(count, _found.Count - count);

    /// <summary>Passes on a part of it.</summary>
    /// <param name="sink">Takes it.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">The one behind the last.</param>
    public void PassTo(IManifestSink sink, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            switch (_found[i])
            {
                case KubernetesObject found:
                    sink.Add(found);
                    break;
                case Diagnostic diagnostic:
                    sink.Report(diagnostic);
                    break;
                case SnapshotOrigin origin:
                    sink.Describe(origin);
                    break;
                case var kind:
                    sink.Skipped((string)kind);
                    break;
            }
        }
    }
}
