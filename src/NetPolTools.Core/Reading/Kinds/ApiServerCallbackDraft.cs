using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads which Services the API server calls for a configuration of webhooks or an APIService.</summary>
internal sealed class ApiServerCallbackDraft(string kind) : ObjectDraft
{
    private const int UsualPort = 443;

    private readonly List<CalledService> _calls = [];
    private int _webhooks;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "webhooks" && kind != ApiServerCallback.ApiService)
            QuietWalk.EachItem(fields.Tokens, () => ReadWebhook(fields.Tokens));
        else if (name == "spec" && kind == ApiServerCallback.ApiService)
            QuietWalk.EachField(fields.Tokens, field => field == "service" && ReadService(fields.Tokens, "spec.service"));
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) =>
        new ApiServerCallback(kind, metadata) { Calls = _calls };

    private void ReadWebhook(ManifestTokenReader tokens)
    {
        var path = ApiServerCallback.PathOf(_webhooks++);
        var first = _calls.Count;
        var mayFail = false;
        QuietWalk.EachField(tokens, field =>
        {
            if (field == "failurePolicy")
            {
                mayFail = QuietWalk.Text(tokens) == "Ignore";
                return true;
            }

            if (field != "clientConfig")
                return false;
            QuietWalk.EachField(tokens, inner => inner == "service" && ReadService(tokens, path));
            return true;
        });
        for (var i = first; mayFail && i < _calls.Count; i++)
            _calls[i] = _calls[i] with { MayFail = true };
    }

    private bool ReadService(ManifestTokenReader tokens, string path)
    {
        string? ns = null, service = null;
        var port = UsualPort;
        var location = tokens.Location;
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "namespace":
                    ns = QuietWalk.Text(tokens);
                    return true;
                case "name":
                    service = QuietWalk.Text(tokens);
                    return true;
                case "port":
                    port = int.TryParse(QuietWalk.Text(tokens), out var number) ? number : UsualPort;
                    return true;
                default:
                    return false;
            }
        });
        if (ns is not null && service is not null)
            _calls.Add(new CalledService(path, ns, service, port, MayFail: false) { Location = location });
        return true;
    }
}
