"""What an MSNP client asks over HTTP: tickets, and from MSNP13 on the contact list."""
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape


def passport_ticket(nexus, account, password, parameters):
    """The ticket of MSNP8 to MSNP14, from the nexus and the login service that it names."""
    with urllib.request.urlopen(nexus, timeout=30) as answer:
        urls = dict(part.strip().split("=", 1) for part in answer.headers["PassportURLs"].split(","))
    # The address has no scheme. Public servers speak HTTPS only, a server on this machine may not.
    login = f"{urllib.parse.urlsplit(nexus).scheme}://{urls['DALogin'].rpartition('://')[2]}"
    fields = (f"OrgVerb=GET,OrgURL=http%3A%2F%2Fmessenger%2Emsn%2Ecom,sign-in={urllib.parse.quote(account)},"
              f"pwd={urllib.parse.quote(password, safe='')},{parameters}")
    request = urllib.request.Request(login, headers={"Authorization": "Passport1.4 " + fields})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers["Authentication-Info"].split("from-PP='")[1].split("'")[0]


def post(url, action, body):
    request = urllib.request.Request(
        url, data=body.encode(), headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": action})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return ElementTree.fromstring(answer.read())


def local(element):
    return element.tag.rpartition("}")[2]


def every(root, name):
    return [element for element in root.iter() if local(element) == name]


def text_of(root, name):
    return next((element.text or "" for element in every(root, name)), "")


def security_tokens(url, account, password, wanted):
    """Asks RST for tickets: a dictionary of (ticket, secret) by address."""
    requests = "".join(
        f'<wst:RequestSecurityToken Id="RST{index}">'
        "<wst:RequestType>http://schemas.xmlsoap.org/ws/2004/04/security/trust/Issue</wst:RequestType>"
        f"<wsp:AppliesTo><wsa:EndpointReference><wsa:Address>{address}</wsa:Address></wsa:EndpointReference>"
        "</wsp:AppliesTo>"
        + (f'<wsse:PolicyReference URI="{escape(policy)}"></wsse:PolicyReference>' if policy else "")
        + "</wst:RequestSecurityToken>"
        for index, (address, policy) in enumerate(wanted))
    body = (
        '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:wsse="http://schemas.xmlsoap.org/ws/2003/06/secext"'
        ' xmlns:wsp="http://schemas.xmlsoap.org/ws/2002/12/policy"'
        ' xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/03/addressing"'
        ' xmlns:wst="http://schemas.xmlsoap.org/ws/2004/04/trust"><Header><wsse:Security>'
        f'<wsse:UsernameToken Id="user"><wsse:Username>{escape(account)}</wsse:Username>'
        f"<wsse:Password>{escape(password)}</wsse:Password></wsse:UsernameToken></wsse:Security></Header>"
        f"<Body><RequestMultipleSecurityTokens>{requests}</RequestMultipleSecurityTokens></Body></Envelope>")
    answer = post(url, "", body)
    return {
        text_of(response, "Address"): (text_of(response, "BinarySecurityToken"), text_of(response, "BinarySecret"))
        for response in every(answer, "RequestSecurityTokenResponse")}


def address_book(base, path, operation, ticket, content):
    space = "http://www.msn.com/webservices/AddressBook"
    return post(base + path, f"{space}/{operation}", (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>'
        f'<ABApplicationHeader xmlns="{space}"><IsMigration>false</IsMigration>'
        "<PartnerScenario>Initial</PartnerScenario></ABApplicationHeader>"
        f'<ABAuthHeader xmlns="{space}"><ManagedGroupRequest>false</ManagedGroupRequest>'
        f"<TicketToken>{escape(ticket)}</TicketToken></ABAuthHeader></soap:Header>"
        f'<soap:Body><{operation} xmlns="{space}">{content}</{operation}></soap:Body></soap:Envelope>'))
