using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>
/// Reads items of lists, or inputs, out of turn, always on the same thread for one input, and shares nothing with the binder whose turn it is not.
/// </summary>
internal sealed class AheadBinder : IManifestBinder
{
    private readonly Relay _relay = new();
    private readonly ManifestBinder _binder;

    /// <param name="context">Of the binder that takes what is found.</param>
    public AheadBinder(BindingContext context) =>
        _binder = new ManifestBinder(_relay, context.Kinds, context.DefaultNamespace, context.Version) { AreStored = context.AreStored };

    /// <summary>Of items.</summary>
    public StringPool Strings { get; } = new();

    /// <summary>Takes what is found in an input.</summary>
    public IManifestSink? Sink
    {
        get => _relay.Sink;
        set => _relay.Sink = value;
    }

    public int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default) => Bind(tokens, null, cancellation);

    public int Bind(ManifestTokenReader tokens, Action? onOther, CancellationToken cancellation) => _binder.Bind(tokens, onOther, cancellation);

    /// <inheritdoc cref="ManifestBinder.Fields"/>
    public FieldReader Fields(ManifestTokenReader tokens) => _binder.Fields(tokens);

    /// <summary>
    /// Reads an item. False for one that has to be read where its list is: it does not say what it is, is a list with metadata, or cannot be read;
    /// why not is told there.
    /// </summary>
    /// <param name="fields">Of this binder; stands on the item's first token.</param>
    /// <param name="itemType">What the list says that its items are.</param>
    /// <param name="sink">Takes what is found, also where the answer is false.</param>
    /// <param name="cancellation">Looked at before it begins.</param>
    public bool TryBind(FieldReader fields, ObjectType itemType, IManifestSink sink, CancellationToken cancellation)
    {
        // A thread whose reader was given up may still be here when the next one comes.
        lock (_relay)
        {
            _relay.Sink = sink;
            try
            {
                return _binder.BindItem(fields, itemType, cancellation);
            }
            catch (ManifestSyntaxException)
            {
                _binder.GiveUp();
                return false;
            }
            catch
            {
                _binder.GiveUp();
                throw;
            }
        }
    }

    private sealed class Relay : IManifestSink
    {
        public IManifestSink? Sink { get; set; }

        public void Add(KubernetesObject found) => Sink!.Add(found);

        public void Report(Diagnostic diagnostic) => Sink!.Report(diagnostic);

        public void Skipped(string kind) => Sink!.Skipped(kind);

        public void Describe(SnapshotOrigin origin) => Sink!.Describe(origin);
    }
}
