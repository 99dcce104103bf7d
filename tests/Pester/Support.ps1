# What the suite's files share; each dot-sources it before all else.
Import-Module $env:NETPOLTOOLS_MODULE -Force

$repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$manifests = Join-Path $repository 'tests/manifests'
$threeTier = Join-Path $manifests 'three-tier'
$threeTierJson = Join-Path $manifests 'three-tier.json'

# Connections as texts, to compare them in order.
filter Get-Line { "$_" }

function Get-ThreeTierObject {
    param([switch] $AsHashtable)
    Get-Content $threeTierJson -Raw | ConvertFrom-Json -AsHashtable:$AsHashtable
}

function New-Pod {
    param([string] $Name, [string] $Namespace = 'default', [hashtable] $Label = @{}, [string] $Address, [object[]] $Port = @())
    $pod = @{
        apiVersion = 'v1'; kind = 'Pod'
        metadata = @{ name = $Name; namespace = $Namespace; labels = $Label }
        spec = @{ containers = @(@{ name = 'main'; image = 'none'; ports = $Port }) }
    }
    if ($Address) { $pod.status = @{ podIP = $Address } }
    $pod
}

function New-Policy {
    param([string] $Name = 'policy', [string] $Namespace = 'default', [hashtable] $Spec = @{})
    if (-not $Spec.ContainsKey('podSelector')) { $Spec.podSelector = @{} }
    @{ apiVersion = 'networking.k8s.io/v1'; kind = 'NetworkPolicy'; metadata = @{ name = $Name; namespace = $Namespace }; spec = $Spec }
}

# Many pods that policies tell apart, so that reading, evaluating and listing all take their time.
function New-LargeCluster {
    param([int] $Pods = 1500)
    foreach ($i in 1..$Pods) {
        New-Pod "pod-$i" "ns-$($i % 10)" @{ number = "$i" }
        New-Policy "policy-$i" "ns-$($i % 10)" @{
            podSelector = @{ matchLabels = @{ number = "$i" } }
            ingress = @(@{ from = @(@{ namespaceSelector = @{} }); ports = @(@{ port = 1000 + $i }) })
        }
    }
}

# Runs a script in a PowerShell of its own; gives its standard output and standard error as lines.
function Invoke-FreshSession {
    param([string] $Script)
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    Set-Content $file $Script
    $program = [Environment]::ProcessPath
    # A PowerShell that is a .NET tool is run by dotnet.
    $assembly = @(if ((Split-Path $program -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    & $program @assembly -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { "$_" }
}

# Lets something happen to a policy of the fake cluster, for those who watch it.
function Add-PolicyEvent {
    param([string] $Folder, [string] $Type, [string] $Name, $Spec = @{ podSelector = @{} })
    $policy = @{ apiVersion = 'networking.k8s.io/v1'; kind = 'NetworkPolicy'; metadata = @{ namespace = 'shop'; name = $Name; resourceVersion = '8' };
        spec = $Spec }
    ConvertTo-Json @{ type = $Type; object = $policy } -Depth 30 -Compress |
        Add-Content (Join-Path $Folder '_apis_networking.k8s.io_v1_networkpolicies_watch_1_allowWatchBookmarks_true_resourceVersion_7.events')
}

# A folder with a kubectl that answers as one in front of a server does, whatever the context. The objects are those of a List in a file.
function New-FakeKubectl {
    param([string] $ListFile = $threeTierJson)
    $folder = New-Item -ItemType Directory (Join-Path $TestDrive "kubectl $([guid]::NewGuid())")
    $paths = @{
        Namespace = '/api/v1/namespaces'; Node = '/api/v1/nodes'; Pod = '/api/v1/pods'; Service = '/api/v1/services'
        DaemonSet = '/apis/apps/v1/daemonsets'; Deployment = '/apis/apps/v1/deployments'
        NetworkPolicy = '/apis/networking.k8s.io/v1/networkpolicies'
    }
    $items = (Get-Content $ListFile -Raw | ConvertFrom-Json -AsHashtable).items
    foreach ($kind in $paths.Keys) {
        $list = [ordered]@{ kind = "${kind}List"; apiVersion = ($paths[$kind] -split '/' | Select-Object -Skip 2 -SkipLast 1) -join '/';
            metadata = @{ resourceVersion = '7' }; items = @($items | Where-Object kind -EQ $kind) }
        $json = ConvertTo-Json $list -Depth 30 -Compress
        $file = Join-Path $folder ($paths[$kind] -replace '/', '_')
        $json | Set-Content "$file.json"
        # The same as a line that the shell runs itself: a program that prints it takes as long as the shell.
        "printf '%s\n' '$($json -replace "'", "'\''")'" | Set-Content "$file.answer"
    }
    '{"groups":[{"name":"apps","versions":[{"version":"v1"}]},{"name":"networking.k8s.io","versions":[{"version":"v1"}]}]}' |
        Set-Content (Join-Path $folder '_apis.json')
    @'
#!/bin/sh
here=${0%/*}
printf '%s\n' "$*" >> "$here/calls"
path=${3%%\?limit=*}
case "$3" in *\?limit=*\&*) path="$path&${3#*\?limit=*&}";; esac
# A reading runs it some twenty times: the shell itself makes the file's name of the path, without programs.
set -f; IFS='/&=?'; set -- $path; IFS=_; name="$*"; unset IFS
if [ -f "$here/$name.sh" ]; then . "$here/$name.sh"; fi
if [ -f "$here/$name.err" ]; then cat "$here/$name.err" >&2; exit 1; fi
if [ -f "$here/$name.answer" ]; then . "$here/$name.answer"; exit 0; fi
if [ -f "$here/$name.json" ]; then exec cat "$here/$name.json"; fi
case "$name" in *_watch_1_*) : >> "$here/$name.events"; exec tail -n +1 -f "$here/$name.events";; esac
echo 'Error from server (NotFound): the server could not find the requested resource' >&2
exit 1
'@ -replace '\r' | Set-Content (Join-Path $folder 'kubectl') -NoNewline
    if (-not $IsWindows) { chmod +x (Join-Path $folder 'kubectl') }
    $folder.FullName
}

# An API server that answers from the files of New-FakeKubectl, for the module's own client; gives the kubeconfig and what ends it.
function Start-FakeServer {
    param([string] $Folder)
    $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()
    $listener = [Net.HttpListener]::new()
    $listener.Prefixes.Add("http://127.0.0.1:$port/")
    $listener.Start()
    $shell = [powershell]::Create().AddScript({
            param($Listener, $Folder)
            while ($Listener.IsListening) {
                try { $context = $Listener.GetContext() } catch { return }
                $file = Join-Path $Folder "$($context.Request.Url.AbsolutePath -replace '/', '_').json"
                $isThere = Test-Path $file
                $text = if ($isThere) { Get-Content $file -Raw }
                else { '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}' }
                if (-not $isThere) { $context.Response.StatusCode = 404 }
                $context.Response.ContentType = 'application/json'
                $bytes = [Text.Encoding]::UTF8.GetBytes($text)
                $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
                $context.Response.Close()
            }
        }).AddArgument($listener).AddArgument($Folder)
    $shell.BeginInvoke() | Out-Null
    $kubeconfig = Join-Path $Folder 'server.config'
    @"
clusters: [{name: c, cluster: {server: "http://127.0.0.1:$port"}}]
contexts: [{name: night, context: {cluster: c, namespace: shop}}]
current-context: night
"@ | Set-Content $kubeconfig
    [pscustomobject]@{ Kubeconfig = $kubeconfig; Listener = $listener }
}
