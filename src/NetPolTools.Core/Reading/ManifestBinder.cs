namespace NetPolTools.Reading;

/// <summary>
/// Turns tokens into Kubernetes objects. Lists are unwrapped at any depth; kinds that say nothing about traffic are passed over; an object with a
/// mistake is reported and left out, and its neighbours count.
/// </summary>
public sealed class ManifestBinder
{
    private readonly BindingContext _context;
    private readonly FieldPath _path = new();

    /// <param name="sink">Takes objects and diagnostics.</param>
    /// <param name="defaultNamespace">The namespace of objects that name none, as with <c>kubectl apply -n</c>.</param>
    public ManifestBinder(IManifestSink sink, string defaultNamespace = "default")
    {
        _context = new BindingContext(sink, defaultNamespace);
    }

    /// <summary>Reads every document to the end of the input.</summary>
    /// <returns>How many documents hold something.</returns>
    public int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default)
    {
        var documents = 0;
        var more = true;
        while (more)
        {
            try
            {
                more = NextDocument(tokens);
                if (!more || tokens.Kind == ManifestTokenKind.Null)
                    continue;
                documents++;
                BindDocument(tokens, cancellation);
                _context.EndObject(null);
            }
            catch (ManifestSyntaxException e)
            {
                documents++;
                _context.EndObject(null);
                _context.Report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, e.Message) { Location = e.Location });
                _context.EndObject(null);
                tokens.SkipDocument();
                _path.Reset();
            }
        }

        return documents;
    }

    /// <summary>Goes to the value of the next document that has one.</summary>
    private static bool NextDocument(ManifestTokenReader tokens)
    {
        while (tokens.Kind == ManifestTokenKind.DocumentStart || tokens.Read())
        {
            if (tokens.Kind == ManifestTokenKind.DocumentStart && tokens.Read() && tokens.Kind != ManifestTokenKind.DocumentStart)
                return true;
        }

        return false;
    }

    private void BindDocument(ManifestTokenReader tokens, CancellationToken cancellation)
    {
        var fields = new FieldReader(tokens, _path, _context.Report);

        // A top-level array is what ConvertTo-Json and jq make of several objects.
        if (tokens.Kind == ManifestTokenKind.ArrayStart)
            BindItems(fields, ObjectType.Unknown, cancellation);
        else
            BindObject(fields, ObjectType.Unknown, cancellation);
    }

    /// <summary>
    /// Reads the items of a list; gives back those that do not say their own kind, where the list has not said its kind yet either.
    /// </summary>
    private List<ObjectInProgress>? BindItems(FieldReader fields, ObjectType itemType, CancellationToken cancellation)
    {
        List<ObjectInProgress>? untyped = null;
        fields.EnterArray("");
        while (fields.NextItem())
        {
            if (BindObject(fields, itemType, cancellation) is { } item)
                (untyped ??= []).Add(item);
        }

        return untyped;
    }

    private ObjectInProgress? BindObject(FieldReader fields, ObjectType inherited, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _context.EndObject(null);
        if (fields.Kind != ManifestTokenKind.ObjectStart)
        {
            fields.Wrong("a Kubernetes object: a map with apiVersion, kind and metadata");
            return null;
        }

        var pathBase = _path.Rebase();
        var found = new ObjectInProgress(_context, fields.Location, fields.ErrorCount);
        var isList = false;
        List<ObjectInProgress>? untypedItems = null;
        fields.EnterObject("");
        while (fields.NextField(out var name))
        {
            if (name == "apiVersion")
            {
                found.ReadApiVersion(fields);
            }
            else if (name == "kind")
            {
                found.ReadKind(fields);
            }
            else if (name == "items" && fields.Kind == ManifestTokenKind.ArrayStart && found.Kind?.EndsWith("List", StringComparison.Ordinal) != false)
            {
                isList = true;
                untypedItems = BindItems(fields, found.Type.OfItems(), cancellation);
            }
            else
            {
                if (!found.Type.IsKnown && inherited.IsKnown)
                    found.Inherit(inherited);
                found.ReadField(name, fields);
            }
        }

        _path.Restore(pathBase);
        if (isList)
        {
            foreach (var item in untypedItems ?? [])
            {
                item.Resume(fields);
                item.Inherit(found.Type.OfItems());
                item.Finish(fields);
            }

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
        return null;
    }
}
