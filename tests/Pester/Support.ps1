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
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { "$_" }
}
