using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// Turns tokens into Kubernetes objects. Lists are unwrapped at any depth; kinds that say nothing about traffic are passed over; an object with a
/// mistake is reported and left out, and its neighbours count.
/// </summary>
public sealed class ManifestBinder : IManifestBinder
{
    private readonly BindingContext _context;
    private readonly FieldPath _path = new();
    private readonly IManifestSink _all;
    private readonly DiagnosticLimit _sink;

    // One that is done with its object, for the next.
    private ObjectInProgress? _spare;

    /// <param name="sink">Takes objects and diagnostics.</param>
    /// <param name="kinds">The kinds to read; objects of all others are skipped.</param>
    /// <param name="defaultNamespace">The namespace of objects that name none, as with <c>kubectl apply -n</c>.</param>
    /// <param name="version">The version whose API server is to take the objects; null for the newest.</param>
    public ManifestBinder(IManifestSink sink, ObjectKinds kinds, string defaultNamespace = "default", KubernetesVersion? version = null)
    {
        _all = sink;
        _sink = new DiagnosticLimit(sink);
        _context = new BindingContext(_sink, kinds, defaultNamespace, version ?? KubernetesVersion.Newest);
    }

    /// <summary>Whether the objects are those of a cluster, whose server has taken them, in whatever version.</summary>
    internal bool AreStored
    {
        get;
        init
        {
            field = value;
            _context.AreStored = value;
        }
    }

    /// <summary>For reading items of its lists out of turn, on two threads; kept from one input to the next for what repeats.</summary>
    internal ImmutableArray<AheadBinder> Ahead
    {
        get => field.IsDefault ? field = [new(_context), new(_context)] : field;
        private set;
    }

    /// <summary>What the last list of the input says of itself; null where none does.</summary>
    internal ListMetadata? ListMetadata { get; private set; }

    /// <summary>What the last document of the input is; default for none, and for one that is no object.</summary>
    internal DocumentType Document { get; private set; }

    public int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default) => Bind(tokens, null, cancellation);

    public int Bind(ManifestTokenReader tokens, Action? onOther, CancellationToken cancellation)
    {
        ListMetadata = null;
        Document = default;
        TakeAsStored(AreStored);
        _sink.BeginInput();
        var documents = ManifestDocuments.ForEach(
            tokens,
            () =>
            {
                BindDocument(tokens, cancellation);
                _context.EndObject(null);
            },
            error =>
            {
                GiveUp();
                _context.Report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, error.Message) { Location = error.Location });
                _context.EndObject(null);
            });
        _sink.EndInput(onOther);
        return documents;
    }

    AheadBinder? IManifestBinder.ForAnotherThread()
    {
        TakeAsStored(AreStored);
        return new AheadBinder(_context);
    }

    /// <summary>The other binder has kept what is said of the input within bounds.</summary>
    void IManifestBinder.Take(FoundAhead found) => found.PassTo(_all, 0, found.Count);

    /// <summary>Reads one object that a list has been taken from around it. False for one that tells nothing without the list, or more than the list.</summary>
    /// <param name="fields">Stands on the object's first token.</param>
    /// <param name="ofList">What the list says that its items are.</param>
    /// <param name="cancellation">Looked at before it begins.</param>
    internal bool BindItem(FieldReader fields, ObjectType ofList, CancellationToken cancellation)
    {
        ListMetadata = null;
        var isBound = BindObject(fields, ofList, cancellation) is null;
        _context.EndObject(null);
        return isBound && ListMetadata is null;
    }

    /// <summary>For reading objects from these tokens.</summary>
    internal FieldReader Fields(ManifestTokenReader tokens) => new(tokens, _path, _context.Report, _context.Shared);

    /// <summary>Forgets the object that it is in the middle of.</summary>
    internal void GiveUp()
    {
        _context.DropObject();
        _path.Reset();
    }

    private void BindDocument(ManifestTokenReader tokens, CancellationToken cancellation)
    {
        var fields = Fields(tokens);

        // A top-level array is what ConvertTo-Json and jq make of several objects.
        var isObject = tokens.Kind == ManifestTokenKind.ObjectStart;
        if (tokens.Kind == ManifestTokenKind.ArrayStart)
            BindItems(fields, ObjectType.Unknown, cancellation);
        else
            BindObject(fields, ObjectType.Unknown, cancellation);
        if (!isObject)
            Document = default;
    }

    /// <summary>
    /// Reads the items of a list; gives back those that do not say their own kind, where the list has not said its kind yet either.
    /// </summary>
    private List<ObjectInProgress>? BindItems(FieldReader fields, ObjectType itemType, CancellationToken cancellation)
    {
        List<ObjectInProgress>? untyped = null;
        fields.Tokens.ReadAhead(this, itemType, cancellation);
        if (!fields.EnterArray("a list of objects, each with a dash"))
            return null;
        while (fields.NextItem())
        {
            _context.EndObject(null);
            if (fields.Tokens.TryPassItem(_sink))
                continue;
            if (BindObject(fields, itemType, cancellation) is { } item)
                (untyped ??= []).Add(item);
        }

        return untyped;
    }

    /// <summary>Other kinds may have items of their own; a List whose items are no list is a mistake.</summary>
    internal static bool IsList(string? kind, ManifestTokenKind items) =>
        kind == "List" || (items == ManifestTokenKind.ArrayStart && kind?.EndsWith("List", StringComparison.Ordinal) != false);

    private ObjectInProgress? BindObject(FieldReader fields, ObjectType inherited, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _context.EndObject(null);
        if (fields.Kind != ManifestTokenKind.ObjectStart)
        {
            fields.Wrong("a Kubernetes object: a map with apiVersion, kind and metadata");
            return null;
        }

        fields.Tokens.BeginObject();
        var pathBase = _path.Rebase();
        var found = _spare ?? new ObjectInProgress(_context);
        _spare = null;
        found.Begin(fields.Location, fields.ErrorCount);
        var isList = false;
        ManifestTokenKind? items = null;
        List<ObjectInProgress>? untypedItems = null;
        TokenBuffer? objects = null;
        IReadOnlyDictionary<string, string>? parameters = null;
        fields.EnterObject("");
        while (fields.NextField(out var name))
        {
            if (name == "items")
                items = fields.Kind;
            if (name == "apiVersion")
            {
                found.ReadApiVersion(fields);
            }
            else if (name == "kind")
            {
                found.ReadKind(fields);
            }
            else if (name == "items" && IsList(found.Kind, fields.Kind))
            {
                isList = true;
                untypedItems = BindItems(fields, found.Type.OfItems(), cancellation);
            }
            else if (name == "metadata" && found.Kind?.EndsWith("List", StringComparison.Ordinal) == true)
            {
                ReadListMetadata(fields);
            }
            else if (name == "objects" && fields.Kind == ManifestTokenKind.ArrayStart && TemplateReader.IsTemplate(found.Type))
            {
                objects = new TokenBuffer();
                objects.Record(fields.Tokens);
            }
            else if (name == "parameters" && TemplateReader.IsTemplate(found.Type))
            {
                parameters = TemplateReader.ReadValues(fields.Tokens);
            }
            else
            {
                if (!found.Type.IsKnown && inherited.IsKnown)
                    found.Inherit(inherited);
                found.ReadField(name, fields);
            }
        }

        _path.Restore(pathBase);

        // Whatever it holds has set it before: what stands in the end is the outermost.
        Document = new DocumentType(found.Type, items);
        if (isList)
        {
            _sink.FindManifest();
            foreach (var item in untypedItems ?? [])
            {
                var itemBase = _path.Rebase();
                item.Resume(fields);
                item.Inherit(found.Type.OfItems());
                item.Finish(fields);
                _path.Restore(itemBase);
            }

            // The server refuses a list that does not say it is one; what it holds says for itself what it is.
            if (found.Kind is null)
                found.Finish(fields);
            return null;
        }

        if (!found.Type.IsKnown)
        {
            // Perhaps the list around it, whose kind stands behind its items, says what this is.
            if (found.Kind is null && inherited.IsPending)
            {
                found.Suspend(fields);
                return found;
            }

            found.Inherit(inherited);
        }

        found.Finish(fields);
        if (objects is not null)
            BindTemplate(objects, parameters ?? new Dictionary<string, string>(), cancellation);
        _spare = found;
        return null;
    }

    /// <summary>The list may be a snapshot: what it holds was taken before, by a server or as what a server takes.</summary>
    private void ReadListMetadata(FieldReader fields)
    {
        var location = fields.Location;
        ListMetadata = ListMetadata.Read(fields.Tokens);
        try
        {
            if (SnapshotOrigin.From(ListMetadata.Annotations) is not { } origin)
                return;
            _sink.Describe(origin);
            TakeAsStored(true);
        }
        catch (FormatException e)
        {
            _context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, e.Message, "metadata.annotations", location);
            _context.EndObject(null);
        }
    }

    private void TakeAsStored(bool areStored)
    {
        if (_context.AreStored == areStored)
            return;
        _context.AreStored = areStored;
        Ahead = default;
    }

    /// <summary>The objects of an OpenShift Template: nothing is applied as it stands there, so that they count is told.</summary>
    private void BindTemplate(TokenBuffer objects, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellation)
    {
        var tokens = new TemplateReader(objects.Replay(), parameters);
        _context.Report(
            DiagnosticId.TemplateParameters,
            DiagnosticSeverity.Warning,
            "The objects of the Template count with the values of its parameters that stand beside them; oc process may be given others, and parameters "
                + "without "
                + "a value stay as they are.",
            "objects",
            tokens.Location);
        _context.EndObject(null);
        BindItems(Fields(tokens), ObjectType.Unknown, cancellation);
    }
}
