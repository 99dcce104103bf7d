using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>Keeps of a pod's containers what may tell that they are a network plugin's.</summary>
internal sealed class PluginContainerReader(PluginVocabulary vocabulary)
{
    private readonly List<PluginContainer> _containers = [];
    private string _name = "";
    private string _image = "";
    private Dictionary<string, string> _env = [];
    private List<string> _arguments = [];

    public IReadOnlyList<PluginContainer> Containers => _containers;

    public void Begin()
    {
        (_name, _image) = ("", "");
        _env = [];
        _arguments = [];
    }

    public void End() => _containers.Add(new PluginContainer(_name, _image, _env, _arguments));

    /// <summary>Reads a field of a container; false for one to pass over.</summary>
    public bool ReadField(string name, ManifestTokenReader tokens)
    {
        switch (name)
        {
            case "name":
                _name = QuietWalk.Text(tokens) ?? "";
                return true;
            case "image":
                _image = QuietWalk.Text(tokens) ?? "";
                return true;
            case "command" or "args":
                AddArguments(QuietWalk.Texts(tokens));
                return true;
            case "env":
                QuietWalk.EachItem(tokens, () => ReadVariable(tokens));
                return true;
            default:
                return false;
        }
    }

    public void AddArguments(IEnumerable<string> arguments) => _arguments.AddRange(arguments.Where(vocabulary.KnowsArgument));

    public void AddVariable(string name, string value)
    {
        if (vocabulary.KnowsVariable(name))
            _env[name] = value;
    }

    private void ReadVariable(ManifestTokenReader tokens)
    {
        string? name = null, value = null;
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "name":
                    name = QuietWalk.Text(tokens);
                    return true;

                // Other variables may hold passwords, and are left where they are.
                case "value" when name is null || vocabulary.KnowsVariable(name):
                    value = QuietWalk.Text(tokens);
                    return true;
                default:
                    return false;
            }
        });
        if (name is not null && value is not null)
            AddVariable(name, value);
    }
}
